import type { Conversation, MessageSend } from '@prosa/core/contract';

/** The events of `<prosa-inbox>`. They bubble and cross shadow roots; only the element itself fires them. */
export interface InboxEventMap {
  /** The agent opened a conversation, or went back to the list (`null`). */
  'prosa-conversation-selected': CustomEvent<{ readonly conversationId: string | null }>;
  /** A message is about to go out. `preventDefault()` keeps it in the composer. */
  'prosa-before-send': CustomEvent<{ readonly conversationId: string; readonly message: MessageSend }>;
  /** Something that the agent asked for did not work. The widget tells the agent; the page may log it. */
  'prosa-error': CustomEvent<{ readonly error: unknown }>;
  /** The agent finished a conversation here. */
  'prosa-conversation-closed': CustomEvent<{ readonly conversation: Conversation }>;
}

type AllEvents = HTMLElementEventMap & InboxEventMap;

interface Listen {
  <Name extends keyof AllEvents>(
    name: Name,
    listener: (event: AllEvents[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  (
    name: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** How `addEventListener` of the inbox knows what its events carry. */
export interface InboxListening {
  readonly addEventListener: Listen;
  readonly removeEventListener: Listen;
}

type Detail<Name extends keyof InboxEventMap> = InboxEventMap[Name]['detail'];

/** @returns `false` when the page prevented it. */
export function fire<Name extends keyof InboxEventMap>(host: HTMLElement, name: Name, detail: Detail<Name>): boolean {
  const cancelable = name === 'prosa-before-send';
  return host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
}
