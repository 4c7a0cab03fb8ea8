import type { PhoneMessage } from '../state/message.ts';

/** The sheets that a message's button opens. */
export type SheetKind = 'call' | 'contact' | 'flow' | 'list' | 'location' | 'products';

/** What a bubble needs to know of the chat around it, and what a person can do on it. */
export interface BubbleContext {
  readonly businessName: string;
  /** The message with this id, while the phone still has it. */
  readonly find: (messageId: string) => PhoneMessage | undefined;
  /** One of its buttons was tapped; like WhatsApp's, they work once. */
  readonly isAnswered: (messageId: string) => boolean;
  readonly isCopied: (code: string) => boolean;
  readonly fileUrl: (path: string) => string;
  readonly tap: (messageId: string, choice: string) => void;
  readonly openSheet: (message: PhoneMessage, kind: SheetKind) => void;
  /** What one can do with a message: react, reply, forward, edit, delete. */
  readonly openMenu: (message: PhoneMessage) => void;
  readonly copy: (code: string) => void;
  readonly goTo: (messageId: string) => void;
  readonly played: (messageId: string) => void;
}
