import type {
  Agent,
  Attachment,
  AttachmentUrl,
  Contact,
  Conversation,
  ConversationClose,
  ConversationCounts,
  ConversationStatus,
  ConversationTab,
  ConversationTransfer,
  Customer,
  CustomerCreate,
  CustomerUpdate,
  EventData,
  EventType,
  Message,
  MessageSend,
  Page,
  ProsaEvent,
  Protocol,
  Queue,
  SignalData,
} from '../contract/index.ts';
import type { ConnectionState } from './connection-state.ts';
import type { PendingMessage } from '../store/outbox.ts';

/** Every call can be aborted; an aborted call rejects with a `ProsaError` whose code is `aborted`. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface CommandOptions extends CallOptions {
  /** Same key, same effect: once. Made up when absent. */
  readonly idempotencyKey?: string | undefined;
}

/** Awaiting it gives the first page; iterating it gives every item of every page. */
export interface List<Item> extends PromiseLike<Page<Item>>, AsyncIterable<Item> {}

export interface PageParams {
  readonly cursor?: string | undefined;
  /** 1 to 100; 30 when absent. */
  readonly limit?: number | undefined;
}

export interface ConversationListParams extends PageParams {
  readonly tab?: ConversationTab | undefined;
  readonly status?: ConversationStatus | undefined;
  readonly contactId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly queueId?: string | undefined;
}

export interface ConversationsResource {
  list(params?: ConversationListParams, options?: CallOptions): List<Conversation>;
  counts(params?: { readonly queueId?: string | undefined }, options?: CallOptions): Promise<ConversationCounts>;
  get(conversationId: string, options?: CallOptions): Promise<Conversation>;
  /** Atender. Rejects with `conversation_taken` (and `owner`) when another agent was faster. */
  accept(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  transfer(conversationId: string, params: ConversationTransfer, options?: CommandOptions): Promise<Conversation>;
  /** Finalizar. */
  close(conversationId: string, params?: ConversationClose, options?: CommandOptions): Promise<Conversation>;
  /** Clears `unreadCount` when the caller is the assignee. */
  markRead(conversationId: string, options?: CommandOptions): Promise<Conversation>;
}

export interface MessagesResource {
  /** Newest first. */
  list(conversationId: string, params?: PageParams, options?: CallOptions): List<Message>;
  get(conversationId: string, messageId: string, options?: CallOptions): Promise<Message>;
  /**
   * Resolves once the gateway has the message. It is shown at once, as `pending`, by `live.thread`; it is kept and
   * tried again while there is no connection, in order, and reaches the gateway once.
   */
  send(conversationId: string, message: MessageSend, options?: CommandOptions): Promise<Message>;
  /** Sends a message that failed at the channel again, as a new message. */
  resend(conversationId: string, messageId: string, options?: CommandOptions): Promise<Message>;
  /** Tries a message that could not reach the gateway again now. */
  retryPending(clientId: string): void;
  /** Gives up a message that has not reached the gateway. `false` when it already has. */
  discardPending(clientId: string): boolean;
}

export interface CustomersResource {
  list(params?: PageParams & { readonly search?: string | undefined }, options?: CallOptions): List<Customer>;
  get(customerId: string, options?: CallOptions): Promise<Customer>;
  create(customer: CustomerCreate, options?: CommandOptions): Promise<Customer>;
  update(customerId: string, changes: CustomerUpdate, options?: CommandOptions): Promise<Customer>;
}

export interface ContactsResource {
  list(params?: PageParams & { readonly customerId?: string | undefined }, options?: CallOptions): List<Contact>;
  get(contactId: string, options?: CallOptions): Promise<Contact>;
  link(contactId: string, customerId: string, options?: CommandOptions): Promise<Contact>;
  unlink(contactId: string, options?: CommandOptions): Promise<Contact>;
}

export interface QueuesResource {
  list(params?: PageParams, options?: CallOptions): List<Queue>;
  get(queueId: string, options?: CallOptions): Promise<Queue>;
  create(queue: { readonly name: string }, options?: CommandOptions): Promise<Queue>;
  update(queueId: string, changes: { readonly name: string }, options?: CommandOptions): Promise<Queue>;
}

export interface AgentsResource {
  list(params?: PageParams & { readonly active?: boolean | undefined }, options?: CallOptions): List<Agent>;
  /** The agent whose token the client uses. */
  me(options?: CallOptions): Promise<Agent>;
  get(agentId: string, options?: CallOptions): Promise<Agent>;
  update(agentId: string, changes: { readonly active: boolean }, options?: CommandOptions): Promise<Agent>;
}

export interface UploadProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

export interface UploadParams {
  readonly fileName: string;
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

export interface AttachmentsResource {
  upload(file: Blob, params: UploadParams, options?: CommandOptions): Promise<Attachment>;
  get(attachmentId: string, options?: CallOptions): Promise<Attachment>;
  /** A link that needs no token; kept and reused until shortly before it expires. */
  url(attachmentId: string, options?: CallOptions): Promise<AttachmentUrl>;
}

export interface ProtocolsResource {
  get(number: string, options?: CallOptions): Promise<Protocol>;
}

export type Unsubscribe = () => void;

/**
 * A value that stays up to date. Nothing is asked of the server before the first `subscribe`; the last
 * unsubscription stops it. The same reference is given while nothing changed.
 */
export interface Live<Value> {
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

/** `loading`: nothing to show yet. `ready`. `error`: the first load failed; it is tried again on reconnection. */
export type LiveStatus = 'idle' | 'loading' | 'ready' | 'error';

export interface LiveList<Item> extends Live<readonly Item[]> {
  /** There is a next page. */
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  loadMore(): void;
}

export interface ThreadSnapshot {
  readonly conversation: Conversation | null;
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** Sent from here and not yet confirmed by the gateway; they come after `messages`. */
  readonly pending: readonly PendingMessage[];
}

export interface LiveThread extends Live<ThreadSnapshot> {
  /** There are older messages. */
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  loadMore(): void;
}

export interface LiveQueries {
  conversations(params?: Omit<ConversationListParams, 'cursor'>): LiveList<Conversation>;
  /** From the server, not from the rows that happen to be loaded. */
  counts(params?: { readonly queueId?: string | undefined }): Live<ConversationCounts | null>;
  thread(conversationId: string): LiveThread;
  contact(contactId: string): Live<Contact | null>;
  customer(customerId: string): Live<Customer | null>;
  me(): Live<Agent | null>;
}

export interface ConnectionSnapshot {
  readonly state: ConnectionState;
  /** When the next try starts, as epoch milliseconds; `null` when none is planned. */
  readonly nextTryAt: number | null;
  /** Why the last connection ended. */
  readonly error: Error | null;
}

export interface Connection {
  readonly current: ConnectionSnapshot;
  subscribe(listener: () => void): Unsubscribe;
  /** Opens the stream. Subscribing to a live query or an event does it too. */
  connect(): void;
  /** Closes the stream; live queries keep what they have. */
  disconnect(): void;
  /** Tries now instead of waiting. */
  retry(): void;
}

/** Events and signals of the contract, and two of the client itself. */
export type ClientEvents = { readonly [Type in EventType]: ProsaEvent<Type> } & SignalData & {
    readonly 'connection.changed': ConnectionSnapshot;
    /** The server could not resume: whatever was derived from events must be loaded anew. */
    readonly discontinuity: { readonly reason: string };
  };

export interface ProsaClient {
  readonly conversations: ConversationsResource;
  readonly messages: MessagesResource;
  readonly customers: CustomersResource;
  readonly contacts: ContactsResource;
  readonly queues: QueuesResource;
  readonly agents: AgentsResource;
  readonly attachments: AttachmentsResource;
  readonly protocols: ProtocolsResource;
  readonly live: LiveQueries;
  readonly connection: Connection;
  /** Calls back with every event of that name. Opens the stream while anybody listens. */
  on<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): Unsubscribe;
  /** Ends everything. Calling it again does nothing. */
  destroy(): void;
}

export type { EventData };
