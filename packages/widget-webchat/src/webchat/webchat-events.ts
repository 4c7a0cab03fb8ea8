import type { VisitorConversation, VisitorMessage } from '@prosa/core/contract';

/** The events of `<prosa-webchat>`. They bubble and cross shadow roots; only the element itself fires them. */
export interface WebchatEventMap {
  /** The webchat knows how it looks and who is there: it can be used. */
  'prosa-webchat-ready': CustomEvent<Record<never, never>>;
  'prosa-webchat-opened': CustomEvent<Record<never, never>>;
  'prosa-webchat-closed': CustomEvent<Record<never, never>>;
  /** The team wrote. */
  'prosa-webchat-message': CustomEvent<{ readonly message: VisitorMessage }>;
  /** Messages of the team that the visitor has not seen; also when it is 0 again. */
  'prosa-webchat-unread': CustomEvent<{ readonly count: number }>;
  /** The visitor began a conversation. */
  'prosa-webchat-started': CustomEvent<{ readonly conversation: VisitorConversation }>;
  /** It is over, by whomever. */
  'prosa-webchat-ended': CustomEvent<{ readonly conversation: VisitorConversation }>;
  /** A message is about to go out. `preventDefault()` keeps it in the composer. */
  'prosa-before-send': CustomEvent<{ readonly text: string; readonly files: readonly File[] }>;
  /** Something did not work. The webchat tells the visitor what they can do; the page may log it. */
  'prosa-error': CustomEvent<{ readonly error: unknown }>;
}

type AllEvents = HTMLElementEventMap & WebchatEventMap;

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

/** How `addEventListener` of the webchat knows what its events carry. */
export interface WebchatListening {
  readonly addEventListener: Listen;
  readonly removeEventListener: Listen;
}

/** The short names of `on()`. */
const eventNames = {
  ready: 'prosa-webchat-ready',
  opened: 'prosa-webchat-opened',
  closed: 'prosa-webchat-closed',
  message: 'prosa-webchat-message',
  unread: 'prosa-webchat-unread',
  started: 'prosa-webchat-started',
  ended: 'prosa-webchat-ended',
  error: 'prosa-error',
} as const satisfies Readonly<Record<string, keyof WebchatEventMap>>;

export type WebchatEventName = keyof typeof eventNames;
export type WebchatEventDetail<Name extends WebchatEventName> = WebchatEventMap[(typeof eventNames)[Name]]['detail'];

/** @throws TypeError for a name that there is not: a misspelt one would never be called */
export function listen<Name extends WebchatEventName>(
  host: HTMLElement,
  name: Name,
  listener: (detail: WebchatEventDetail<Name>) => void,
): () => void {
  if (!Object.hasOwn(eventNames, name)) {
    throw new TypeError(`unable to listen; there is no event "${name}" (${Object.keys(eventNames).join(', ')})`);
  }
  const handler = (event: Event) => {
    if (event.target === host) listener((event as CustomEvent<WebchatEventDetail<Name>>).detail);
  };
  host.addEventListener(eventNames[name], handler);
  return () => {
    host.removeEventListener(eventNames[name], handler);
  };
}

/** @returns `false` when the page prevented it. */
export function fire<Name extends keyof WebchatEventMap>(
  host: HTMLElement,
  name: Name,
  detail: WebchatEventMap[Name]['detail'],
): boolean {
  const cancelable = name === 'prosa-before-send';
  return host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
}
