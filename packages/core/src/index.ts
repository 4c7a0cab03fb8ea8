/** Typed client of a Prosa gateway, and the rules of a service desk that need no page. */

// Client
export { createClient } from './client/create-client.ts';
export type { ClientOptions } from './client/kernel.ts';
export type { Clock, TimerHandle } from './client/clock.ts';
export type { TokenOption } from './client/token-source.ts';
export type { ConnectionState } from './client/connection-state.ts';
export type {
  AgentsResource,
  AttachmentsResource,
  CallOptions,
  ClientEvents,
  CommandOptions,
  Connection,
  ConnectionSnapshot,
  ContactsResource,
  ConversationListParams,
  ConversationsResource,
  CustomersResource,
  List,
  Live,
  LiveList,
  LiveQueries,
  LiveStatus,
  LiveThread,
  LogoutOptions,
  MessagesResource,
  PageParams,
  ProsaClient,
  HsmListParams,
  HsmResource,
  ProtocolsResource,
  SurveyResponsesParams,
  SurveyResultsParams,
  SurveysResource,
  QueuesResource,
  ThreadSnapshot,
  Unsubscribe,
  UploadParams,
  UploadProgress,
} from './client/prosa-client.ts';

export type { Entities } from './store/entity-store.ts';
export type { ListedKind, RowsOf } from './store/live-rows.ts';

// Outbox
export type { FileSend, PendingMessage, PendingRemedy } from './store/pending-message.ts';
export type { OutboxStorage, OutboxTable, StoredMessage } from './store/outbox-storage.ts';

// Errors
export {
  hasCode,
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
  Attachment,
  AttachmentUrl,
  ClosingOutcome,
  Contact,
  Conversation,
  ConversationClose,
  ConversationCounts,
  ConversationOutcome,
  ConversationStart,
  ConversationStatus,
  ConversationTab,
  ConversationTransfer,
  Customer,
  CustomerCreate,
  CustomerDocument,
  CustomerUpdate,
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
  Problem,
  ProsaEvent,
  Protocol,
  Queue,
  SignalData,
  SignalType,
  Survey,
  SurveyCreate,
  SurveyInstrument,
  SurveyResponse,
  SurveyResults,
  SurveySend,
  SurveyUpdate,
  TemplateCategory,
  TemplateComponent,
  TemplateStatus,
  TemplateUse,
  TemplateVariable,
  TimelineEvent,
} from './contract/index.ts';
