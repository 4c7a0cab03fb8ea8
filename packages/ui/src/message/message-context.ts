import type { PendingMessage, PendingRemedy } from '@prosa/core';
import type { Attachment, Message } from '@prosa/core/contract';
import type { Locale } from '../locales/locale.ts';
import type { AudioPart } from './audio-part.ts';
import type { MessageExtras } from './extras/message-extras.ts';
import type { MediaController } from './media-controller.ts';

/** A file that was chosen on this device, for the time until the gateway's own copy is shown. */
export interface LocalFile {
  readonly attachment: Attachment;
  /** `blob:` link of a picture. */
  readonly previewUrl: string | null;
}

/** What the templates of messages need to know and to call. */
export interface MessageContext {
  readonly locale: Locale;
  readonly now: number;
  /** The reader's id, to say "you". */
  readonly myId: string | null;
  readonly contactName: string;
  readonly media: MediaController;
  readonly audio: AudioPart;
  /** `null` until they are here. */
  readonly extras: MessageExtras | null;
  readonly localFile: (attachmentId: string) => LocalFile | undefined;
  /** One of the messages that are loaded. */
  readonly messageOf: (messageId: string) => Message | undefined;
  /** The reader may send a failed message again. */
  readonly canResend: boolean;
  /** The reader may quote messages in an answer, and react to those of the customer. */
  readonly canAnswer: boolean;
  /** Ids of failed messages that were sent again. */
  readonly resent: ReadonlySet<string>;
  /** Draws again: something that was loaded is here. */
  readonly refresh: () => void;
  readonly onResend: (message: Message) => void;
  /** One of the remedies of a message that was refused. */
  readonly onPending: (pending: PendingMessage, remedy: PendingRemedy) => void;
  readonly onOpenImage: (attachment: Attachment, opener: EventTarget | null) => void;
  readonly onDownload: (attachment: Attachment) => void;
  /** Shows a message of the conversation, also an old one. */
  readonly onJump: (messageId: string) => void;
  readonly onReply: (message: Message) => void;
  /** `null` takes it back. */
  readonly onReact: (message: Message, emoji: string | null) => void;
  /** Tells screen readers. */
  readonly say: (text: string) => void;
}
