/** The visitor's side of a webchat: what `<prosa-webchat>` is made on, and what another face for it would use. */
export { createWebchatClient } from './create-webchat-client.ts';
export type { WebchatClient, WebchatClientOptions, WebchatForm, WebchatSnapshot } from './webchat-client.ts';
export type { PendingFile, PendingVisitorMessage } from './visitor-outbox.ts';
export type { Identity } from './visitor-session.ts';
export { memoryWebchatStorage, type WebchatStorage } from './storage.ts';
export { isProsaError, type ProsaError } from '../errors/prosa-error.ts';
export { hasCode } from '../errors/prosa-error.ts';
