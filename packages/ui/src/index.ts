/** Lit parts that every Prosa widget is made of: tokens, icons, locales, controllers, templates. Not elements. */

// Look
export { tokens } from './tokens/tokens.ts';
export { baseStyles } from './styles/base.styles.ts';
export { buttonStyles } from './styles/button.styles.ts';
export { dialogStyles } from './styles/dialog.styles.ts';
export { fieldStyles } from './styles/field.styles.ts';
export { controlStyles } from './styles/control.styles.ts';
export { feedbackStyles } from './styles/feedback.styles.ts';
export { adoptStyles } from './styles/adopt-styles.ts';
export { messageStyles } from './message/message.styles.ts';
export { templateTextStyles } from './message/message-template.styles.ts';
export { mediaStyles } from './message/media.styles.ts';
export { composerStyles } from './composer/composer.styles.ts';
export { icon, stroke } from './icons/icon.ts';
export { iconQueue, iconSearch } from './icons/dialog-icons.ts';
export {
  iconAttach,
  iconBack,
  iconChat,
  iconChatPlus,
  iconCheck,
  iconClock,
  iconClose,
  iconCopy,
  iconDown,
  iconDownload,
  iconEdit,
  iconEye,
  iconEyeOff,
  iconFile,
  iconGlobe,
  iconHistory,
  iconImage,
  iconInbox,
  iconInfo,
  iconLink,
  iconMic,
  iconOffline,
  iconRetry,
  iconSend,
  iconTemplate,
  iconTransfer,
  iconUser,
  iconUserPlus,
  iconVideo,
  iconWarning,
  iconWhatsApp,
  tickOne,
  tickTwo,
} from './icons/icons.ts';

// Words
export { Formats, type Instant } from './locales/formats.ts';
export {
  completeTranslation,
  languageOf,
  loadTranslation,
  localeFor,
  translationFor,
  type Locale,
} from './locales/locale.ts';
export { ptBr } from './locales/pt-br.ts';
export { ptBrDialogs } from './locales/pt-br-dialogs.ts';
export type { RichText, Translation } from './locales/translation.ts';

// Elements
export { defineElement, type ElementOrigin } from './define/define-element.ts';

// Controllers
export { Announcer } from './controllers/announcer.ts';
export {
  ClientController,
  clientContext,
  provideClient,
  type ClientSettings,
} from './controllers/client-controller.ts';
export { ClockController } from './controllers/clock-controller.ts';
export { DialogController, type DialogView } from './controllers/dialog-controller.ts';
export { LazyPart } from './controllers/lazy-part.ts';
export { LayoutController, type Layout } from './controllers/layout-controller.ts';
export { LiveController, StoreController, type Subscribable } from './controllers/live-controller.ts';
export { LocaleController } from './controllers/locale-controller.ts';
export { VirtualListController, type VirtualListOptions } from './controllers/virtual-list-controller.ts';

// Messages
export { AudioPart } from './message/audio-part.ts';
export { extrasPart } from './message/extras-part.ts';
export { errorText, failureText } from './message/error-text.ts';
export { initials } from './message/initials.ts';
export { MediaController, type MediaState } from './message/media-controller.ts';
export { threadRow } from './message/message-bubble.ts';
export type { LocalFile, MessageContext } from './message/message-context.ts';
export { templateContent, type TemplateText } from './message/message-template.ts';
export { messageText, unmarkedText } from './message/message-text.ts';
export { plainText, richText } from './message/rich-text.ts';
export {
  ThreadItems,
  type EventsItem,
  type MessageItem,
  type PendingItem,
  type ThreadItem,
} from './message/thread-items.ts';
export { ticks } from './message/ticks.ts';
export { areRareEventsHere } from './message/rare-events-part.ts';
export { eventSentence, timelineLine } from './message/timeline-event.ts';

// Composer
export { ComposerPart, type ComposerOptions, type ComposerTools } from './composer/composer-part.ts';
export { windowBanner } from './composer/window-banner.ts';
