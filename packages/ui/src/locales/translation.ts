import type { ClosingOutcome, ConversationTab, MessageStatus, TemplateCategory } from '@prosa/core/contract';

/** A sentence with some of it in bold. */
export type RichText = readonly (string | { readonly strong: string })[];

/**
 * Everything that a person reads, as strings or functions. A host changes single ones with the `strings` property.
 * Times and durations arrive already written in the language.
 */
export interface Translation {
  /** BCP 47; `Intl` writes dates and numbers in it. */
  readonly language: string;

  readonly inboxTitle: string;
  readonly conversations: string;
  readonly conversation: string;
  readonly tabs: Readonly<Record<ConversationTab, string>>;
  readonly tabCount: (tab: string, count: number) => string;
  readonly emptyTabs: Readonly<Record<ConversationTab, { readonly title: string; readonly detail: string }>>;
  readonly online: string;
  readonly connecting: string;
  readonly reconnecting: string;
  readonly offline: string;
  readonly signedOut: string;
  readonly refused: string;
  readonly offlineNotice: (pending: number) => string;
  readonly signedOutNotice: string;
  readonly refusedNotice: string;
  readonly noClient: string;
  readonly loading: string;
  readonly loadFailed: string;
  readonly tryAgain: string;
  readonly close: string;
  readonly cancel: string;
  readonly save: string;
  readonly saving: string;
  readonly back: string;
  readonly you: string;
  readonly unread: (count: number) => string;
  readonly notLinked: string;
  /** The company wrote first, with a template. */
  readonly awaitingReply: string;
  readonly windowLeft: (duration: string) => string;
  readonly windowClosed: string;
  readonly waitingFor: (duration: string) => string;
  readonly origin: { readonly whatsapp: string; readonly webchat: string };
  readonly previews: Readonly<Record<string, string>>;

  readonly selectConversation: string;
  readonly selectConversationDetail: string;
  readonly protocol: (number: string) => string;
  readonly copyProtocol: string;
  readonly copied: string;
  readonly openCustomer: (name: string) => string;
  readonly accept: string;
  readonly transfer: string;
  readonly finish: string;
  readonly taken: (name: string | null) => string;
  readonly queuedNotice: string;
  readonly othersNotice: (name: string) => string;
  /** `when`: as `atTime` and `onDate` write it. */
  readonly finishedNotice: (when: string) => string;
  readonly atTime: (time: string) => string;
  readonly onDate: (date: string) => string;
  readonly wrapUpNotice: string;
  readonly awaitingNotice: string;
  /** `name`: who wrote; `null`: a system did. */
  readonly awaitingOthersNotice: (name: string | null) => string;
  readonly awaitingFailed: string;
  readonly typing: (name: string) => string;
  readonly verified: string;
  readonly messages: string;
  readonly emptyThread: string;
  readonly loadingOlder: string;
  readonly showPrevious: string;
  readonly viewingPrevious: string;
  readonly backToCurrent: string;
  readonly toNewest: string;
  readonly newMessages: (count: number) => string;
  readonly arrived: (author: string, preview: string) => string;
  readonly today: string;
  readonly yesterday: string;

  readonly automatic: string;
  readonly viaApi: string;
  readonly statuses: Readonly<Record<MessageStatus, string>>;
  readonly failed: (reason: string) => string;
  /** Where it is not known what the channel's answer means. */
  readonly failedUnknown: (detail: string) => string;
  readonly notSent: string;
  readonly discard: string;
  readonly resent: string;
  readonly image: string;
  readonly openImage: string;
  readonly video: string;
  readonly audio: string;
  readonly voice: string;
  readonly play: string;
  readonly pause: string;
  readonly position: string;
  readonly speed: (rate: string) => string;
  readonly sticker: string;
  readonly download: string;
  readonly fetching: string;
  readonly notFetched: string;
  readonly unsupported: (type: string) => string;

  readonly eventQueued: (queue: string | null, time: string) => RichText;
  readonly eventProtocol: (number: string) => RichText;
  /** `by` is `null` when it is the reader. */
  readonly eventAccepted: (by: string | null, time: string) => RichText;
  readonly eventTransferred: (by: string | null, target: RichText, time: string) => RichText;
  readonly eventTransferredAlone: (target: RichText, time: string) => RichText;
  readonly targetYou: RichText;
  readonly targetAgent: (name: string) => RichText;
  readonly targetQueue: (name: string) => RichText;
  readonly eventReason: (reason: string) => string;
  readonly eventClosed: (by: string | null, time: string, outcome: string) => RichText;
  readonly eventClosedAlone: (time: string, outcome: string) => RichText;
  /** Those that every desk has; the others are told by `message/rare-events.ts`. */
  readonly outcomes: Readonly<Record<ClosingOutcome | 'terminated_client' | 'abandoned_client', string>>;
  /** `instrument` is NPS, CSAT or CES. */
  readonly eventSurveySent: (instrument: string, time: string) => RichText;
  readonly eventSurveySkipped: (instrument: string) => RichText;
  readonly eventSurveyAnswered: (instrument: string, score: number, time: string) => RichText;

  readonly writeMessage: string;
  readonly writeCaption: string;
  readonly send: string;
  readonly attach: string;
  readonly dropFiles: string;
  readonly attachments: string;
  readonly uploading: (percent: number) => string;
  readonly removeFile: (fileName: string) => string;
  readonly retryFile: (fileName: string) => string;
  readonly waitForUploads: string;
  readonly removeFailedFiles: string;
  readonly removeRefusedFiles: (count: number) => string;
  readonly tooLong: (over: number) => string;
  /** Placeholders in a text that nobody knows a value for: `{protocolo}, {fila}`. */
  readonly unfilled: (names: string) => string;
  readonly emptyFile: string;
  readonly tooLarge: (most: string) => string;
  readonly enterHint: string;
  readonly windowOpen: (duration: string) => string;
  readonly windowClosing: (duration: string) => string;
  readonly windowClosedNotice: string;

  readonly template: string;
  readonly templates: string;
  readonly sendTemplate: string;
  readonly templateSearch: string;
  readonly noTemplates: string;
  readonly noTemplatesDetail: string;
  readonly noTemplateFound: (search: string) => string;
  readonly templateCategories: Readonly<Record<TemplateCategory, string>>;
  readonly templateVariable: (part: 'header' | 'body' | 'button', number: string) => string;
  readonly templateExample: (example: string) => string;
  readonly templatePreview: string;
  readonly templateChange: string;
  readonly templateMissing: (count: number) => string;
  readonly backToWriting: string;
  readonly newConversation: string;
  readonly phoneHint: string;
  readonly phoneRequired: string;
  readonly templateRequired: string;
  readonly inConversationYours: string;
  /** `null`: nobody attends it yet. */
  readonly inConversation: (name: string | null) => string;
  readonly openConversation: string;
  readonly conversationStarted: (name: string) => string;

  readonly transferTitle: string;
  readonly transferSearch: string;
  readonly agents: string;
  readonly queues: string;
  readonly noTargets: string;
  readonly reason: string;
  readonly optional: string;
  readonly required: string;
  readonly reasonHint: string;
  readonly finishTitle: string;
  readonly outcome: string;
  readonly outcomeRequired: string;

  readonly customer: string;
  readonly customerPanel: string;
  readonly unlinkedNotice: string;
  readonly createCustomer: string;
  readonly linkCustomer: string;
  readonly editCustomer: string;
  readonly edit: string;
  readonly link: string;
  readonly contactOn: { readonly whatsapp: string; readonly webchat: string };
  readonly name: string;
  readonly document: string;
  readonly documentKinds: { readonly cpf: string; readonly cnpj: string };
  readonly phone: string;
  readonly email: string;
  readonly address: string;
  readonly notes: string;
  readonly reveal: (field: string) => string;
  readonly hide: (field: string) => string;
  readonly notInformed: string;
  readonly history: string;
  readonly noHistory: string;
  readonly historyLine: (outcome: string | null) => string;
  readonly inProgress: string;
  readonly showMore: string;
  readonly nameRequired: string;
  readonly documentInvalid: (kind: 'cpf' | 'cnpj') => string;
  readonly documentIncomplete: string;
  readonly emailInvalid: string;
  readonly phoneInvalid: string;
  readonly documentTaken: string;
  readonly linkThatOne: string;
  readonly searchCustomer: string;
  readonly searchCustomerHint: string;
  readonly noCustomers: (search: string) => string;
  readonly results: (count: number) => string;
  readonly linked: (name: string) => string;
  readonly noContact: string;

  /** By the `code` of a `ProsaError`; `default` for the others. */
  readonly errors: Readonly<Record<string, string>> & { readonly default: string };
}
