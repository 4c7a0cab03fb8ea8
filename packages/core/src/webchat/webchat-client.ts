import type { Clock } from '../client/clock.ts';
import type { ConnectionState } from '../client/connection-state.ts';
import type { Unsubscribe } from '../client/prosa-client.ts';
import type { Visitor, VisitorConversation, VisitorMessage, VisitorStart, WebchatConfig } from '../contract/index.ts';
import type { WebchatStorage } from './storage.ts';
import type { PendingVisitorMessage } from './visitor-outbox.ts';
import type { Identity } from './visitor-session.ts';

/** What `createWebchatClient` takes: an address, and which webchat. */
export interface WebchatClientOptions {
  /** Where the gateway is: `https://chat.example.com`. */
  readonly baseUrl: string;
  /** `wck_…`: which webchat. */
  readonly webchatKey: string;
  /** What survives a reload; memory when absent. In a page: `localStorage`. */
  readonly storage?: WebchatStorage | undefined;
  /** Used instead of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Used instead of the system's time and timers; for tests. */
  readonly clock?: Clock | undefined;
}

/** What a visitor's panel shows. */
export interface WebchatSnapshot {
  /** `idle`: nothing asked yet. `failed`: `error` says why; `load` tries again. */
  readonly status: 'idle' | 'loading' | 'ready' | 'failed';
  readonly error: Error | null;
  readonly config: WebchatConfig | null;
  /** `null` until the gateway knows the visitor: with the first message, or when somebody is logged in. */
  readonly visitor: Visitor | null;
  /** The open one, or the last one. */
  readonly conversation: VisitorConversation | null;
  /** Oldest first. */
  readonly messages: readonly VisitorMessage[];
  /** They come after `messages`. */
  readonly pending: readonly PendingVisitorMessage[];
  /** There are older messages. */
  readonly hasMore: boolean;
  /** Somebody of the team is typing. */
  readonly typing: boolean;
  readonly connection: ConnectionState;
}

/** What the visitor says of themselves before the first message. */
export type WebchatForm = Omit<VisitorStart, 'message'>;

/** A visitor's side of a webchat: one conversation at a time, its messages, and what is on its way. */
export interface WebchatClient {
  /** Frozen; the same reference while nothing changed. */
  readonly value: WebchatSnapshot;
  /** Called after each change, never during the call. */
  subscribe(listener: () => void): Unsubscribe;
  /** Asks for the configuration and, for whoever was here before, the conversation. Calling it again does nothing. */
  load(): Promise<void>;
  /** Remembered until a conversation begins: they go along with its first message. */
  setForm(form: WebchatForm): void;
  /** Shown at once as pending; it begins a conversation when none is open. */
  send(text: string): void;
  /** @param text sent with the file */
  sendFile(file: Blob, fileName: string, text?: string): void;
  retry(clientId: string): void;
  discard(clientId: string): void;
  loadMore(): Promise<void>;
  /** Tells the team, at most every few seconds. */
  typing(typing: boolean): void;
  /** Everything that is here has been seen, or has at least arrived. */
  markSeen(status: 'delivered' | 'read'): void;
  /** The visitor ends the conversation. @throws ProsaError */
  end(): Promise<void>;
  /** After the end: the next message begins another one, with a form of its own. */
  startOver(): void;
  /** @throws ProsaError */
  answerSurvey(score: number, comment?: string): Promise<void>;
  /** A link for a file, good for some minutes. @throws ProsaError */
  fileUrl(attachmentId: string): Promise<string>;
  /** Who is logged in at the host. @throws ProsaError when the gateway does not believe it */
  identify(identity: Identity): Promise<void>;
  /** Forgets everything here, and ends the session at the gateway. */
  logout(): Promise<void>;
  /** Tries the connection now. */
  reconnect(): void;
  /** Messages of the team as they arrive. */
  onMessage(listener: (message: VisitorMessage) => void): Unsubscribe;
  destroy(): void;
}
