/** The rules of a service desk's screens, without a screen: each is a function of its own, for whatever draws it. */

// Values that change
export type { Observable } from './observed/observed.ts';
export { liveOffers, type Offer } from './live/live-offers.ts';
export { liveAgents, liveContacts, liveCustomers } from './live/live-registers.ts';
export { liveTyping, liveViewing } from './live/live-signals.ts';
export { until, type Awaitable } from './observed/until.ts';
export { select } from './live/select.ts';
export { createThreadView, type ThreadView } from './live/thread-view.ts';

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

// Writing
export { planned, type CannedReply, type MacroAction } from './composer/canned-reply.ts';
export type { Composer } from './composer/composer.ts';
export type {
  ComposerClient,
  ComposerOptions,
  ComposersOptions,
  OutgoingNote,
  TextLimits,
} from './composer/composer-options.ts';
export type { ComposerSnapshot } from './composer/composer-snapshot.ts';
export { createComposers, type Composers, type DraftsSnapshot } from './composer/composers.ts';
export { memoryDraftStorage, webDraftStorage, type DraftStorage, type WebStorage } from './composer/draft-storage.ts';
export type { Draft, WritingMode } from './composer/draft.ts';
export type { Mention } from './composer/mentions.ts';
export { isCaption, messagesOf } from './composer/outgoing.ts';
export { runActions, type MacroClient } from './composer/run-actions.ts';
export type { SendBlock } from './composer/send-block.ts';
export type { Choice, MentionCandidate, Suggestion } from './composer/suggestions.ts';
export { missingVariables, templatePreview, type TemplatePreview } from './hsm/template-preview.ts';
export { fillTemplate, type TemplateBindings, type TemplateDraft } from './composer/template-draft.ts';
export type { Trigger } from './composer/trigger.ts';
export {
  fillText,
  placeholderValues,
  type FilledText,
  type PlaceholderValues,
  type WritingContext,
} from './placeholders/placeholders.ts';
