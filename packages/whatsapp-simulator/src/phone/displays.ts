import type { PhoneMessage } from '../state/message.ts';

/** One chat in the phone's list, without its messages. */
export interface ChatSummary {
  readonly phoneNumberId: string;
  readonly name: string;
  readonly displayPhoneNumber: string;
  readonly unread: number;
  /** The business is typing. */
  readonly typing: boolean;
  /** Marketing of this business is stopped. */
  readonly stopped: boolean;
}

export interface PhoneChat extends ChatSummary {
  readonly messages: readonly PhoneMessage[];
}

/** All that is on one phone's screen. */
export interface PhoneView {
  readonly waId: string;
  readonly name: string;
  readonly online: boolean;
  /** The simulator's clock, in milliseconds: what a phone's status bar shows. */
  readonly now: number;
  readonly chats: readonly PhoneChat[];
}

export type PhoneEvent =
  | { readonly type: 'view'; readonly view: PhoneView }
  | { readonly type: 'message'; readonly message: PhoneMessage }
  | { readonly type: 'chat'; readonly chat: ChatSummary }
  | { readonly type: 'phone'; readonly online: boolean };

/** Tells whoever shows a phone what has changed on it. */
export interface PhoneDisplays {
  show(waId: string, event: PhoneEvent): void;
  /** Returns the unsubscribe. */
  watch(waId: string, listener: (event: PhoneEvent) => void): () => void;
}

export function createDisplays(): PhoneDisplays {
  const watching = new Map<string, Set<(event: PhoneEvent) => void>>();
  return {
    show(waId, event) {
      for (const listener of watching.get(waId) ?? []) listener(event);
    },
    watch(waId, listener) {
      const own = watching.get(waId) ?? new Set();
      watching.set(waId, own.add(listener));
      return () => {
        own.delete(listener);
      };
    },
  };
}
