/** The gateway as a library: no Node needed. `@prosa/gateway/node` has the engines and the server. */
export { createGateway } from './gateway.ts';
export type { Gateway, GatewayOptions, RequestSource } from './options.ts';
export type { Clock } from './clock.ts';
export type { Log, LogFields, LogLevel } from './log.ts';
export { createSecretBox, SecretBoxError, type SecretBox } from './channels/secret-box.ts';
export type { Database, Reader, Tx, Wake } from './store/database.ts';
export type { MediaStore, StoredMedia } from './media/media-store.ts';
export { MediaTooLargeError } from './media/media-store.ts';
export { migrate } from './store/migrate.ts';
export { createDefaultWorkspace, createWorkspace, listWorkspaces, type Workspace } from './admin/workspaces.ts';
export { createSigningKey, listSigningKeys, revokeSigningKey, type SigningKey } from './admin/signing-keys.ts';
export { createApiKey, listApiKeys, revokeApiKey, type ApiKey } from './admin/api-keys.ts';
export { addOrigin, listOrigins, removeOrigin } from './admin/origins.ts';
export {
  createWhatsAppChannel,
  deleteWhatsAppChannel,
  listWhatsAppChannels,
  updateWhatsAppChannel,
  type WhatsAppChannel,
} from './admin/whatsapp-channels.ts';
export {
  createWebchatChannel,
  deleteWebchatChannel,
  listWebchatChannels,
  updateWebchatChannel,
  type NewWebchatChannel,
  type WebchatChannel,
} from './admin/webchat-channels.ts';
export { signAgentToken, type AgentTokenOptions } from './admin/agent-token.ts';
export { signVisitorToken, type VisitorTokenOptions } from './admin/visitor-token.ts';
