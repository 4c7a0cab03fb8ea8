import type {
  Agent,
  Attachment,
  AgentUpdate,
  AttachmentUrl,
  Contact,
  Conversation,
  ConversationClose,
  ConversationConvert,
  ConversationCounts,
  ConversationSave,
  ConversationStart,
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
  MessageTemplate,
  MessageTemplateCreate,
  MessageTemplateUpdate,
  Page,
  Permission,
  PresenceUpdate,
  ProsaEvent,
  Protocol,
  ProtocolExport,
  Queue,
  QueueCreate,
  QueuePosition,
  QueueUpdate,
  SignalData,
  Survey,
  SurveyCreate,
  SurveyInstrument,
  SurveyResponse,
  SurveyResults,
  SurveySend,
  SurveyUpdate,
  TemplateStatus,
} from '../contract/index.ts';
import type { ConnectionState } from './connection-state.ts';
import type {
  ChannelsResource,
  DeadLettersResource,
  ProfilesResource,
  SearchResource,
  SettingsResource,
  TagsResource,
} from './desk-resources.ts';
import type { Entities } from '../store/entity-store.ts';
import type { ListedKind, RowsOf } from '../store/live-rows.ts';
import type { FileSend, PendingMessage } from '../store/pending-message.ts';

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
  readonly tagId?: string | undefined;
  readonly origin?: 'whatsapp' | 'webchat' | undefined;
  readonly agentId?: string | undefined;
}

export interface ConversationsResource {
  list(params?: ConversationListParams, options?: CallOptions): List<Conversation>;
  counts(params?: { readonly queueId?: string | undefined }, options?: CallOptions): Promise<ConversationCounts>;
  get(conversationId: string, options?: CallOptions): Promise<Conversation>;
  /** Atender. Rejects with `conversation_taken` (and `owner`) when another agent was faster. */
  accept(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  transfer(conversationId: string, params: ConversationTransfer, options?: CommandOptions): Promise<Conversation>;
  /** Refuses a card that was offered to the caller. */
  decline(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  /** Asks another agent in; they join, or leave the invitation. */
  invite(conversationId: string, agentId: string, options?: CommandOptions): Promise<Conversation>;
  join(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  /** Declines an invitation, or leaves. */
  leave(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  /** Sets it aside until the customer writes (Pendente). */
  park(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  resume(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  /**
   * Fills in the record of a service that is over, and closes it. Rejects with `record_incomplete`, and the fields.
   * @example
   * await prosa.conversations.save(id, { category: 'Entrega', notes: 'Remarcada para sexta.' });
   */
  save(conversationId: string, record?: ConversationSave, options?: CommandOptions): Promise<Conversation>;
  /** Closes one that nobody will attend. */
  discard(conversationId: string, reason: string, options?: CommandOptions): Promise<Conversation>;
  /** Back into its queue. */
  reopen(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  /** For the automation that has it: to people, with a protocol. */
  handOver(
    conversationId: string,
    to?: { readonly queueId?: string | undefined },
    options?: CommandOptions,
  ): Promise<Conversation>;
  /** For the automation that has it: done. */
  resolve(conversationId: string, options?: CommandOptions): Promise<Conversation>;
  /** Makes a service of what is in triage. */
  convert(conversationId: string, to: ConversationConvert, options?: CommandOptions): Promise<Conversation>;
  setTags(conversationId: string, tagIds: readonly string[], options?: CommandOptions): Promise<Conversation>;
  position(conversationId: string, options?: CallOptions): Promise<QueuePosition>;
  /** Tells other agents that one is looking; it holds a few seconds. */
  viewing(conversationId: string, viewing: boolean, options?: CallOptions): Promise<void>;
  /** Finalizar. With the closing policy `form` it goes to `wrap_up`, and `save` closes it. */
  close(conversationId: string, params?: ConversationClose, options?: CommandOptions): Promise<Conversation>;
  /**
   * Writes first, on WhatsApp, with a template. Rejects with `contact_in_conversation` when the contact is in an open
   * conversation.
   * @example
   * await prosa.conversations.start({ to: { phone: '+5583999142210' }, template: { templateId, variables: { 'body.1': 'Ana' } } });
   */
  start(conversation: ConversationStart, options?: CommandOptions): Promise<Conversation>;
  /** Tells the customer, where the channel can, that the agent types. It holds a few seconds. */
  typing(conversationId: string, typing: boolean, options?: CallOptions): Promise<void>;
  /** Clears `unreadCount` when the caller is the assignee. */
  markRead(conversationId: string, options?: CommandOptions): Promise<Conversation>;
}

export interface MessagesResource {
  /**
   * Newest first; with `around` the page that has that message in its middle. Its `previousCursor`, given as `cursor`,
   * leads to newer ones.
   */
  list(
    conversationId: string,
    params?: PageParams & { readonly around?: string | undefined },
    options?: CallOptions,
  ): List<Message>;
  get(conversationId: string, messageId: string, options?: CallOptions): Promise<Message>;
  /**
   * Resolves once the gateway has the message. It is shown at once, as `pending`, by `live.thread`; it is kept and
   * tried again while there is no connection, in order, and reaches the gateway once. With a `file` instead of an
   * `attachmentId` the file is kept too, and uploaded when the message's turn comes.
   * @example
   * await prosa.messages.send(conversationId, { type: 'document', file, caption: 'Segue o contrato.' });
   */
  send(conversationId: string, message: MessageSend | FileSend, options?: CommandOptions): Promise<Message>;
  /** One emoji, or `null` to take it back. Another reaction of the same agent replaces the first. WhatsApp only. */
  react(conversationId: string, messageId: string, emoji: string | null, options?: CommandOptions): Promise<Message>;
  /** Sends a message that failed at the channel again, as a new message. */
  resend(conversationId: string, messageId: string, options?: CommandOptions): Promise<Message>;
  /** Tries a message that could not reach the gateway again now. */
  retryPending(clientId: string): void;
  /** Gives up a message that has not reached the gateway, also while its file is uploaded. `false` when it may have. */
  discardPending(clientId: string): boolean;
  /** What has not reached the gateway, of all conversations and all tabs of the agent. */
  pending(): Promise<readonly PendingMessage[]>;
  /**
   * Whether `pending` outlives the page: `false` in Node, before the agent is known, and where the browser's storage
   * does not work or stopped working (`outbox.unsaved`). Messages are sent all the same.
   */
  readonly pendingAreSaved: boolean;
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
  create(queue: QueueCreate, options?: CommandOptions): Promise<Queue>;
  update(queueId: string, changes: QueueUpdate, options?: CommandOptions): Promise<Queue>;
}

export interface AgentsResource {
  list(params?: PageParams & { readonly active?: boolean | undefined }, options?: CallOptions): List<Agent>;
  /** The agent whose token the client uses. */
  me(options?: CallOptions): Promise<Agent>;
  get(agentId: string, options?: CallOptions): Promise<Agent>;
  /** What the agent whose token the client uses may do. */
  permissions(options?: CallOptions): Promise<readonly Permission[]>;
  /** Whether conversations can be given to that agent. */
  setPresence(presence: PresenceUpdate, options?: CommandOptions): Promise<Agent>;
  setPresenceOf(agentId: string, presence: PresenceUpdate, options?: CommandOptions): Promise<Agent>;
  update(agentId: string, changes: AgentUpdate, options?: CommandOptions): Promise<Agent>;
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
  /** What happened in the service, oldest first. */
  history(number: string, params?: PageParams, options?: CallOptions): List<Message>;
  /** What its customer may have of it. */
  export(number: string, options?: CallOptions): Promise<ProtocolExport>;
}

export interface HsmListParams extends PageParams {
  readonly status?: TemplateStatus | undefined;
  readonly channelId?: string | undefined;
  /** Part of the name. */
  readonly search?: string | undefined;
}

/** Message templates (HSM). Making and changing them is for administrators and API keys. */
export interface HsmResource {
  /** By name. */
  list(params?: HsmListParams, options?: CallOptions): List<MessageTemplate>;
  get(templateId: string, options?: CallOptions): Promise<MessageTemplate>;
  /**
   * Makes a template and hands it to Meta; `template.updated` tells what came of it. Rejects with `validation_failed`,
   * and the fields, when a limit of Meta's is exceeded.
   * @example
   * await prosa.hsm.create({
   *   name: 'entrega_a_caminho',
   *   category: 'UTILITY',
   *   language: 'pt_BR',
   *   components: [{ type: 'BODY', text: 'Olá, {{1}}. Seu pedido saiu para entrega.', examples: ['Marina'] }],
   * });
   */
  create(template: MessageTemplateCreate, options?: CommandOptions): Promise<MessageTemplate>;
  /** Approved, rejected and paused ones only; the components that are given replace all of the old ones. */
  update(templateId: string, changes: MessageTemplateUpdate, options?: CommandOptions): Promise<MessageTemplate>;
  delete(templateId: string, options?: CommandOptions): Promise<MessageTemplate>;
  /** Asks Meta for its list soon; of all channels when none is named. */
  sync(
    params?: { readonly channelId?: string | undefined },
    options?: CommandOptions,
  ): Promise<{ readonly channels: number }>;
}

export interface SurveyResponsesParams extends PageParams {
  readonly surveyId?: string | undefined;
  readonly instrument?: SurveyInstrument | undefined;
  readonly conversationId?: string | undefined;
  readonly status?: SurveyResponse['status'] | undefined;
}

export interface SurveyResultsParams {
  readonly instrument: SurveyInstrument;
  readonly surveyId?: string | undefined;
  readonly queueId?: string | undefined;
  readonly agentId?: string | undefined;
  /** ISO 8601; the last 30 days when absent. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** CSAT, NPS and CES. Making and changing them is for administrators and API keys. */
export interface SurveysResource {
  list(params?: PageParams, options?: CallOptions): List<Survey>;
  get(surveyId: string, options?: CallOptions): Promise<Survey>;
  create(survey: SurveyCreate, options?: CommandOptions): Promise<Survey>;
  update(surveyId: string, changes: SurveyUpdate, options?: CommandOptions): Promise<Survey>;
  /**
   * Asks the customer of a conversation, once. Its `status` is `skipped` when WhatsApp's window is closed.
   * @example
   * await prosa.surveys.send(conversationId, { instrument: 'nps' });
   */
  send(conversationId: string, survey: SurveySend, options?: CommandOptions): Promise<SurveyResponse>;
  /** Newest first. */
  responses(params?: SurveyResponsesParams, options?: CallOptions): List<SurveyResponse>;
  /** Score, response rate and distribution. */
  results(params: SurveyResultsParams, options?: CallOptions): Promise<SurveyResults>;
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

/** A part of a conversation without gaps, which is made longer at both ends. */
export interface LiveThread extends Live<ThreadSnapshot> {
  /** There are older messages. */
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  loadMore(): void;
  /** There are newer messages; until the newest are loaded, what comes is not shown, nor what is `pending`. */
  readonly hasNewer: boolean;
  readonly loadingNewer: boolean;
  loadNewer(): void;
}

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

export interface LogoutOptions {
  /** Called with what was not sent and would be lost; `false` keeps everything as it is. Absent: nobody is asked. */
  readonly confirm?: ((unsent: readonly PendingMessage[]) => boolean | Promise<boolean>) | undefined;
}

/** Events and signals of the contract, and some of the client itself. */
export type ClientEvents = { readonly [Type in EventType]: ProsaEvent<Type> } & SignalData & {
    readonly 'connection.changed': ConnectionSnapshot;
    /** The server could not resume: whatever was derived from events must be loaded anew. */
    readonly discontinuity: { readonly reason: string };
    /** The browser's storage failed: messages that are not sent are lost with the page from now on. */
    readonly 'outbox.unsaved': { readonly error: Error };
    /** The agent logged out in another tab. The client is destroyed right after. */
    readonly logged_out: null;
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
  readonly profiles: ProfilesResource;
  readonly tags: TagsResource;
  readonly settings: SettingsResource;
  readonly search: SearchResource;
  readonly hsm: HsmResource;
  readonly surveys: SurveysResource;
  readonly channels: ChannelsResource;
  readonly deadLetters: DeadLettersResource;
  readonly live: LiveQueries;
  readonly connection: Connection;
  /** Calls back with every event of that name. Opens the stream while anybody listens. */
  on<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): Unsubscribe;
  /**
   * Ends the agent's work at this device: erases what the browser keeps of it, ends the clients of their other tabs, which
   * get `logged_out`, and this one. Resolves to `false` when `confirm` said no. Rejects when the agent's id or the storage
   * cannot be had; the token is the host's to throw away.
   * @example
   * const isOut = await prosa.logout({ confirm: (unsent) => confirm(`${unsent.length} mensagens não saíram. Sair?`) });
   */
  logout(options?: LogoutOptions): Promise<boolean>;
  /** Ends everything. Calling it again does nothing. */
  destroy(): void;
}

export type { EventData };
