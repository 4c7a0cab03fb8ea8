/**
 * The contract between clients and gateways: every resource, route, event and error as data.
 * Browser code uses its types; the schemas run in gateways, in tests and in scripts.
 */
export { paths, splitPath, type Paths } from './paths.ts';
export { routes, type Routes } from './routes.ts';
export {
  commandErrors,
  commonErrors,
  isCommand,
  type BodyInputOf,
  type BodyOf,
  type Caller,
  type ParamsOf,
  type QueryInputOf,
  type QueryOf,
  type ResponseOf,
  type Route,
} from './route.ts';
export { errorCodes, type ErrorCode } from './error-codes.ts';
export { fieldProblemSchema, problemSchema, type FieldProblem, type Problem } from './problem.ts';
export { openApiDocument, type OpenApiOptions } from './openapi.ts';
export { clientIdSchema, personSchema } from './fields.ts';
export { pageQuery, pageSchema, type Page } from './page.ts';
export type { DeepReadonly } from './readonly.ts';

export {
  agentSchema,
  presenceSchema,
  type Agent,
  type AgentUpdate,
  type Presence,
  type PresenceUpdate,
} from './agents.ts';
export {
  attachmentKinds,
  attachmentMaxBytes,
  attachmentSchema,
  attachmentUrlSchema,
  type Attachment,
  type AttachmentUrl,
} from './attachments.ts';
export { contactSchema, type Contact } from './contacts.ts';
export {
  closingOutcomes,
  conversationCountsSchema,
  conversationOutcomes,
  conversationSchema,
  conversationStatuses,
  conversationTabs,
  messagePreviewSchema,
  type ClosingOutcome,
  type Conversation,
  type ConversationCounts,
  type ConversationOutcome,
  type ConversationStatus,
  type ConversationTab,
  type MessagePreview,
} from './conversations.ts';
export {
  queuePositionSchema,
  type ConversationClose,
  type ConversationConvert,
  type ConversationSave,
  type ConversationStart,
  type ConversationTransfer,
  type QueuePosition,
} from './conversation-routes.ts';
export {
  customerCreateSchema,
  customerSchema,
  customerUpdateSchema,
  documentSchema,
  type Customer,
  type CustomerCreate,
  type CustomerDocument,
  type CustomerUpdate,
} from './customers.ts';
export {
  dispatchLimits,
  dispatchPauses,
  dispatchRecipientSchema,
  dispatchReportSchema,
  dispatchSchema,
  dispatchStatuses,
  recipientStates,
  type Dispatch,
  type DispatchCreate,
  type DispatchPause,
  type DispatchRecipient,
  type DispatchReport,
  type DispatchStatus,
  type RecipientState,
} from './dispatches.ts';
export {
  byeSchema,
  eventSchemas,
  helloSchema,
  framePageSchema,
  signalSchemas,
  streamFrames,
  type EventData,
  type EventType,
  type FramePage,
  type ProsaEvent,
  type SignalData,
  type SignalType,
  type StreamBye,
  type StreamHello,
} from './events.ts';
export { codeButtonKinds, templateComponentSchema, templateHeaderFormats, templateLimits } from './hsm-components.ts';
export {
  messageTemplateSchema,
  templateCategories,
  templateNeeds,
  templateQualities,
  templateStatuses,
  templateVariableSchema,
  type MessageTemplate,
  type MessageTemplateCreate,
  type MessageTemplateUpdate,
  type TemplateCategory,
  type TemplateComponent,
  type TemplateHeaderFormat,
  type TemplateNeed,
  type TemplateQuality,
  type TemplateStatus,
  type TemplateUse,
  type TemplateVariable,
} from './hsm.ts';
export {
  interactiveKinds,
  messageContentSchema,
  type ContactCard,
  type InteractiveKind,
  type MessageContent,
  type MessagePricing,
  type QuotedMessage,
  type Reaction,
  type Referral,
} from './message-content.ts';
export {
  maxContactCards,
  messageMaxLength,
  messageReactSchema,
  messageSendSchema,
  type MessageReact,
  type MessageSend,
} from './message-send.ts';
export { interactiveLimits, interactiveSendSchema, type InteractiveSend } from './interactive-send.ts';
export { messagePageSchema, messageSchema, messageStatuses, type Message, type MessageStatus } from './messages.ts';
export { timelineEventSchema, type TimelineEvent } from './timeline-events.ts';
export {
  permissions,
  profileSchema,
  type Permission,
  type Profile,
  type ProfileCreate,
  type ProfileUpdate,
} from './profiles.ts';
export { protocolExportSchema, protocolSchema, type Protocol, type ProtocolExport } from './protocols.ts';
export {
  closingFields,
  queueSchema,
  routingModes,
  type ClosingField,
  type Queue,
  type QueueCreate,
  type QueueSettings,
  type QueueUpdate,
  type RoutingMode,
} from './queues.ts';
export { searchHitSchema, type SearchHit } from './search.ts';
export { settingsSchema, type Settings, type SettingsUpdate } from './settings.ts';
export {
  channelFindingSchema,
  channelSchema,
  type Channel,
  type ChannelCreate,
  type ChannelFinding,
  type ChannelHealth,
  type ChannelUpdate,
} from './channels.ts';
export { deadLetterSchema, type DeadLetter } from './dead-letters.ts';
export { tagSchema, type Tag, type TagCreate, type TagUpdate } from './tags.ts';
export {
  surveyInstruments,
  surveyOrigins,
  surveyResponseSchema,
  surveyResponseStatuses,
  surveyResultsSchema,
  surveyScales,
  surveySchema,
  type Survey,
  type SurveyCreate,
  type SurveyInstrument,
  type SurveyResponse,
  type SurveyResults,
  type SurveySend,
  type SurveyUpdate,
} from './surveys.ts';
export {
  visitorContentSchema,
  visitorConversationSchema,
  visitorEventSchemas,
  visitorMessageSchema,
  visitorSchema,
  visitorSessionSchema,
  visitorSurveySchema,
  visitorTextMaxLength,
  webchatConfigSchema,
  type Visitor,
  type VisitorContent,
  type VisitorConversation,
  type VisitorEventData,
  type VisitorEventType,
  type VisitorMessage,
  type VisitorSend,
  type VisitorSession,
  type VisitorStart,
  type VisitorSurvey,
  type WebchatConfig,
} from './webchat.ts';
