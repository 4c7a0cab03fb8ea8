/** The rules of a service desk's screens, without a screen: each is a function of its own, for whatever draws it. */

// Values that change
export type { Observable } from './observed/observed.ts';

// Reading
export { createReadPolicy, type ReadPolicy, type ReadPolicyOptions, type Sight } from './read-policy/read-policy.ts';
export { advanceStatus } from './receipts/message-status.ts';
export { receiptOf, type Receipt } from './receipts/receipt.ts';
export {
  serviceWindowCountdown,
  type ConversationSource,
  type ServiceWindowCountdown,
} from './service-window/service-window-countdown.ts';
export { unreadMarker, type Unread, type UnreadMarkerOptions, type UnreadThread } from './unread/unread-marker.ts';

// Typing
export { createTypingNotifier, type TypingNotifier, type TypingNotifierOptions } from './typing/typing-notifier.ts';
export { TypingThrottle, type TypingThrottleOptions } from './typing/typing-throttle.ts';

// Files
export {
  checkFile,
  officeFileRules,
  webchatFileRules,
  whatsAppFileRules,
  type CheckedFile,
  type FileKind,
  type FileRefusal,
  type FileRules,
  type KindRule,
} from './upload-queue/file-rules.ts';
export { UploadQueue, type UploadQueueOptions } from './upload-queue/upload-queue.ts';
export type { Upload, UploadQueueSnapshot } from './upload-queue/upload.ts';
