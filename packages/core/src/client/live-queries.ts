import type { Agent, Contact, Conversation, ConversationCounts, Customer, Message } from '../contract/index.ts';
import type { Entities } from '../store/entity-store.ts';
import type { ListedKind, RowsOf } from '../store/live-rows.ts';
import type { PendingMessage } from '../store/pending-message.ts';
import type { HasClock } from './clock.ts';
import type { Unsubscribe } from './prosa-client.ts';
import type { ConversationListParams } from './resources/conversations.ts';

/**
 * A value that stays up to date. Nothing is asked of the server before the first `subscribe`; the last
 * unsubscription stops it. The same reference is given while nothing changed.
 */
export interface Live<Value> extends HasClock {
  readonly value: Value;
  readonly status: LiveStatus;
  /** Why `status` is `error`. */
  readonly error: Error | null;
  /** Called after each change, never during the call. */
  subscribe(listener: () => void): Unsubscribe;
  /** Asks the server again, after an error for instance. */
  refresh(): void;
  destroy(): void;
}

/**
 * `idle`: nobody has subscribed. `loading`: not loaded yet; rows that events brought may be there before. `ready`: loaded,
 * and it stays so while it is loaded anew. `error`: the first load failed, or what was shown is gone or out of sight; the
 * load is tried again by itself where that can help, and on reconnection.
 */
export type LiveStatus = 'idle' | 'loading' | 'ready' | 'error';

/** Rows that stay up to date, in the order of the list; pages are added at its end. */
export interface LiveList<Item> extends Live<readonly Item[]> {
  /** There is a next page. */
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  /** Why the last page could not be loaded; `null` again once it is asked for again. */
  readonly pageError: Error | null;
  /**
   * Adds the next page. Resolves when `value` has it, or when there is none. Rejects as `pageError` says, and with `aborted`
   * while nobody is subscribed or the list is loaded anew. Who does not wait may leave the promise alone.
   */
  loadMore(): Promise<void>;
}

/** A conversation with the part of its messages that is loaded. */
export interface ThreadSnapshot {
  readonly conversation: Conversation | null;
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** Sent from here and not yet confirmed by the gateway; they come after `messages`. */
  readonly pending: readonly PendingMessage[];
}

/** A part of a conversation without gaps, which is made longer at both ends. */
export interface LiveThread extends Live<ThreadSnapshot> {
  /** There are older messages. */
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  /** Why the last page could not be loaded; `null` again once it is asked for again. */
  readonly pageError: Error | null;
  /**
   * Adds a page of older messages. Resolves when `value` has them, or when there are none. Rejects as `pageError` says, and
   * with `aborted` while nobody is subscribed, the thread is loaded anew, or a newer page is on its way. Who does not wait
   * may leave the promise alone.
   * @example
   * while (thread.hasMore) await thread.loadMore();
   */
  loadMore(): Promise<void>;
  /** There are newer messages; until the newest are loaded, what comes is not shown, nor what is `pending`. */
  readonly hasNewer: boolean;
  readonly loadingNewer: boolean;
  /** Adds a page of newer messages, as `loadMore` does of older ones. */
  loadNewer(): Promise<void>;
}

/** Values that stay up to date: a call makes one, its first `subscribe` loads it. */
export interface LiveQueries {
  conversations(params?: Omit<ConversationListParams, 'cursor'>): LiveList<Conversation>;
  /** What `liveAgents`, `liveContacts` and `liveCustomers` are made with. */
  list<Kind extends ListedKind>(of: RowsOf<Kind>): LiveList<Entities[Kind]>;
  /** From the server, not from the rows that happen to be loaded. */
  counts(params?: { readonly queueId?: string | undefined }): Live<ConversationCounts | null>;
  /** @param params `around`: the message to begin at; the newest when absent */
  thread(conversationId: string, params?: { readonly around?: string | undefined }): LiveThread;
  contact(contactId: string): Live<Contact | null>;
  customer(customerId: string): Live<Customer | null>;
  me(): Live<Agent | null>;
}
