/** Typed client of a Prosa gateway, and the rules of a service desk that need no page. */

// Client
export { createClient } from './client/create-client.ts';
export type { ClientOptions } from './client/kernel.ts';
export { gatewayNow, type Clock, type HasClock, type TimerHandle } from './client/clock.ts';
export type { TokenOption } from './client/token-source.ts';
export type { ConnectionState, EventTransport } from './client/connection-state.ts';
export type { ConnectionInput } from './stream/connection-machine.ts';
export { idleConnection } from './stream/idle-connection.ts';
export type { CallOptions, CommandOptions, Deleted, List, PageParams } from './client/call-options.ts';
export type {
  ClientEvents,
  Connection,
  ConnectionSnapshot,
  EventsOptions,
  LogoutOptions,
  ProsaClient,
  Unsubscribe,
} from './client/prosa-client.ts';

// Resources
export type { AgentsResource } from './client/resources/agents.ts';
export type { AttachmentsResource, UploadParams, UploadProgress } from './client/resources/attachments.ts';
export type { ChannelsResource } from './client/resources/channels.ts';
export type { ContactsResource } from './client/resources/contacts.ts';
export type { ConversationListParams, ConversationsResource } from './client/resources/conversations.ts';
export type { CustomersResource } from './client/resources/customers.ts';
export type { DeadLettersResource } from './client/resources/dead-letters.ts';
export type { DispatchesResource, RecipientListParams } from './client/resources/dispatches.ts';
export type { HsmListParams, HsmResource } from './client/resources/hsm.ts';
export type { MessagesResource } from './client/resources/messages.ts';
export type { ProfilesResource } from './client/resources/profiles.ts';
export type { ProtocolsResource } from './client/resources/protocols.ts';
export type { QueuesResource } from './client/resources/queues.ts';
export type { SearchParams, SearchResource } from './client/resources/search.ts';
export type { SettingsResource } from './client/resources/settings.ts';
export type { SurveyResponsesParams, SurveyResultsParams, SurveysResource } from './client/resources/surveys.ts';
export type { TagsResource } from './client/resources/tags.ts';

// Live values
export type { Live, LiveList, LiveQueries, LiveStatus, LiveThread, ThreadSnapshot } from './client/live-queries.ts';

export type { Entities } from './store/entity-store.ts';
export type { ListedKind, RowsOf } from './store/live-rows.ts';

// Outbox
export type { FileSend, PendingMessage, PendingRemedy } from './store/pending-message.ts';
export type { OutboxStorage, OutboxTable, StoredMessage } from './store/outbox-storage.ts';

// Errors
export {
  hasCode,
  isApiError,
  isProsaError,
  ProsaError,
  type ProsaErrorCode,
  type ProsaErrorOptions,
} from './errors/prosa-error.ts';
export { ApiError, type ApiErrorOptions } from './errors/api-error.ts';
export { AbortedError, AuthError, ConnectionError, TimeoutError, UsageError } from './errors/local-errors.ts';
export { clientErrorCodes, type ClientErrorCode } from './errors/client-error-codes.ts';

// Rules
export {
  closingBeforeMs,
  serviceWindowOf,
  type ServiceWindow,
  type ServiceWindowState,
} from './service-window/service-window.ts';
export { belongsTo, conversationOrder } from './store/belongs-to.ts';
export { missingVariables, templatePreview, type TemplatePreview } from './hsm/template-preview.ts';
export { safeHref } from './whatsapp-text/links.ts';
export type { TextToken } from './whatsapp-text/text-token.ts';
export { tokenizeWhatsAppText } from './whatsapp-text/tokenize.ts';

// Contract
export type {
  Agent,
  AgentUpdate,
  Attachment,
  AttachmentUrl,
  Channel,
  ChannelCreate,
  ChannelFinding,
  ChannelHealth,
  ChannelUpdate,
  ClosingOutcome,
  Contact,
  Conversation,
  ConversationClose,
  ConversationConvert,
  ConversationCounts,
  ConversationOutcome,
  ConversationSave,
  ConversationStart,
  ConversationStatus,
  ConversationTab,
  ConversationTransfer,
  Customer,
  CustomerCreate,
  CustomerDocument,
  CustomerUpdate,
  DeadLetter,
  Dispatch,
  DispatchCreate,
  DispatchPause,
  DispatchRecipient,
  DispatchReport,
  DispatchStatus,
  ErrorCode,
  EventData,
  EventType,
  FieldProblem,
  Message,
  MessageContent,
  MessagePreview,
  MessageSend,
  MessageStatus,
  MessageTemplate,
  MessageTemplateCreate,
  MessageTemplateUpdate,
  Page,
  Permission,
  Presence,
  PresenceUpdate,
  Problem,
  Profile,
  ProfileCreate,
  ProfileUpdate,
  ProsaEvent,
  Protocol,
  ProtocolExport,
  Queue,
  QueueCreate,
  QueuePosition,
  QueueUpdate,
  RecipientState,
  SearchHit,
  Settings,
  SettingsUpdate,
  SignalData,
  SignalType,
  Survey,
  SurveyCreate,
  SurveyInstrument,
  SurveyResponse,
  SurveyResults,
  SurveySend,
  SurveyUpdate,
  Tag,
  TagCreate,
  TagUpdate,
  TemplateCategory,
  TemplateComponent,
  TemplateStatus,
  TemplateUse,
  TemplateVariable,
  TimelineEvent,
} from './contract/index.ts';
