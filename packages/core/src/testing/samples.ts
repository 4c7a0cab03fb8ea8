import type {
  Agent,
  Contact,
  Conversation,
  Customer,
  Dispatch,
  Message,
  MessageTemplate,
  Profile,
  Queue,
  Settings,
  SurveyResponse,
  Tag,
} from '../contract/index.ts';

const zeros = '00000000000000000000000000';

/** `idOf('cnv', 7)` → `cnv_00000000000000000000000007`. */
export function idOf(prefix: string, number: number): string {
  return `${prefix}_${(zeros + String(number)).slice(-26)}`;
}

/** Minute `minute` of a made-up day. */
export function timeOf(minute: number): string {
  return new Date(Date.parse('2026-11-20T08:00:00.000Z') + minute * 60_000).toISOString();
}

export function agentOf(change: Partial<Agent> = {}): Agent {
  return {
    id: idOf('agt', 1),
    externalId: 'user-1',
    name: 'Ana Ribeiro',
    email: null,
    role: 'agent',
    profile: null,
    maxConcurrent: null,
    presence: { state: 'online', pauseReason: null, connected: true, since: timeOf(0) },
    active: true,
    createdAt: timeOf(0),
    updatedAt: timeOf(0),
    version: 1,
    ...change,
  };
}

export function queueOf(change: Partial<Queue> = {}): Queue {
  return {
    id: idOf('que', 1),
    name: 'Financeiro',
    routing: 'pull',
    offerSeconds: 30,
    offerAgainSeconds: 60,
    maxConcurrent: null,
    prefer: 'none',
    pendingFreesSlot: true,
    closePolicy: 'none',
    requiredFields: [],
    reopenWithinMinutes: null,
    inactivityMinutes: { whatsapp: null, webchat: 30 },
    pendingMinutes: { whatsapp: null, webchat: null },
    queueTimeoutMinutes: null,
    expireUnanswered: true,
    messages: { queued: null, started: null, transferred: null, ended: null, unavailable: null, offline: null },
    hours: null,
    holidays: [],
    outOfHours: 'wait',
    nobodyOnline: 'wait',
    agents: [],
    createdAt: timeOf(0),
    updatedAt: timeOf(0),
    version: 1,
    ...change,
  };
}

export function settingsOf(change: Partial<Settings> = {}): Settings {
  const origin = {
    transferToAgent: true,
    transferToQueue: true,
    transferNeedsAccept: false,
    invite: true,
    maxConcurrent: null,
  };
  return {
    timeZone: 'America/Sao_Paulo',
    maxConcurrent: null,
    origins: { whatsapp: origin, webchat: origin },
    protocolFormat: '{yyyy}{mm}{dd}{nnnnnn}',
    protocolNotice: true,
    retentionDays: 90,
    identification: 'off',
    awaitingReplyMinutes: 24 * 60,
    pauseReasons: [],
    disconnectGraceSeconds: 60,
    optOutWords: ['SAIR'],
    optInWords: ['VOLTAR'],
    optOutReply: null,
    updatedAt: timeOf(0),
    version: 1,
    ...change,
  };
}

export function profileOf(change: Partial<Profile> = {}): Profile {
  return {
    id: idOf('prf', 1),
    name: 'Plantão',
    permissions: ['conversations.accept'],
    role: null,
    createdAt: timeOf(0),
    updatedAt: timeOf(0),
    version: 1,
    ...change,
  };
}

export function tagOf(change: Partial<Tag> = {}): Tag {
  return {
    id: idOf('tag', 1),
    name: 'Entrega',
    queueIds: [],
    createdAt: timeOf(0),
    updatedAt: timeOf(0),
    version: 1,
    ...change,
  };
}

export function contactOf(change: Partial<Contact> = {}): Contact {
  return {
    id: idOf('ctt', 1),
    channelId: idOf('chn', 1),
    name: 'Bruno Lima',
    phone: '+5583999142210',
    username: null,
    email: null,
    verified: true,
    marketingAllowed: true,
    customerId: null,
    createdAt: timeOf(0),
    updatedAt: timeOf(0),
    version: 1,
    ...change,
  };
}

export function customerOf(change: Partial<Customer> = {}): Customer {
  return {
    id: idOf('cus', 1),
    name: 'Bruno Lima',
    document: null,
    email: null,
    phone: '+5583999142210',
    address: null,
    notes: null,
    externalId: null,
    createdAt: timeOf(0),
    updatedAt: timeOf(0),
    version: 1,
    ...change,
  };
}

export function conversationOf(number: number, change: Partial<Conversation> = {}): Conversation {
  return {
    id: idOf('cnv', number),
    status: 'queued',
    channelId: idOf('chn', 1),
    origin: 'whatsapp',
    contact: {
      id: idOf('ctt', number),
      name: `Contato ${number}`,
      phone: '+5583999142210',
      email: null,
      verified: true,
    },
    subject: null,
    pageUrl: null,
    customer: null,
    queue: null,
    assignee: null,
    offer: null,
    participants: [],
    tags: [],
    protocol: null,
    previousConversationId: null,
    unreadCount: 0,
    lastMessage: null,
    waitingSince: timeOf(number),
    windowExpiresAt: null,
    outcome: null,
    category: null,
    notes: null,
    answeredAt: null,
    replyDeadline: null,
    lastActivityAt: timeOf(number),
    createdAt: timeOf(number),
    closedAt: null,
    version: 1,
    ...change,
  };
}

export function messageOf(position: number, change: Partial<Message> = {}): Message {
  return {
    id: idOf('msg', position),
    conversationId: idOf('cnv', 1),
    direction: 'inbound',
    author: { kind: 'customer', id: idOf('ctt', 1), name: 'Bruno Lima' },
    content: { type: 'text', text: `mensagem ${position}` },
    status: null,
    failure: null,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    clientId: null,
    resendOf: null,
    replyTo: null,
    reactions: [],
    forwarded: null,
    referral: null,
    pricing: null,
    editedAt: null,
    revokedAt: null,
    position,
    createdAt: timeOf(position),
    version: 1,
    ...change,
  };
}

export function templateOf(change: Partial<MessageTemplate> = {}): MessageTemplate {
  return {
    id: idOf('hsm', 1),
    channelId: idOf('chn', 1),
    name: 'entrega_a_caminho',
    category: 'UTILITY',
    language: 'pt_BR',
    components: [{ type: 'BODY', text: 'Olá, {{1}}. Seu pedido saiu para entrega.', examples: ['Bruno'] }],
    variables: [{ key: 'body.1', component: 'BODY', example: 'Bruno' }],
    status: 'approved',
    reason: null,
    sendable: true,
    replyQueueId: null,
    createdAt: timeOf(0),
    updatedAt: timeOf(0),
    version: 1,
    ...change,
  };
}

export function dispatchOf(change: Partial<Dispatch> = {}): Dispatch {
  const none = { waiting: 0, sending: 0, sent: 0, delivered: 0, read: 0, replied: 0 };
  return {
    id: idOf('dsp', 1),
    name: 'Entregas de sexta',
    channelId: idOf('chn', 1),
    template: { id: idOf('hsm', 1), name: 'entrega_a_caminho', language: 'pt_BR' },
    status: 'running',
    pause: null,
    scheduledAt: null,
    startedAt: timeOf(0),
    finishedAt: null,
    replyQueueId: null,
    createdBy: { id: idOf('agt', 1), name: 'Ana Ribeiro' },
    total: 2,
    counts: { ...none, waiting: 2, failed: 0, unconfirmed: 0, skipped: 0, cancelled: 0 },
    createdAt: timeOf(0),
    updatedAt: timeOf(0),
    version: 1,
    ...change,
  };
}

export function surveyResponseOf(change: Partial<SurveyResponse> = {}): SurveyResponse {
  return {
    id: idOf('svr', 1),
    surveyId: idOf('srv', 1),
    instrument: 'nps',
    conversationId: idOf('cnv', 1),
    protocol: '20261120000042',
    agent: { id: idOf('agt', 1), name: 'Ana Ribeiro' },
    queue: null,
    status: 'sent',
    skipReason: null,
    score: null,
    comment: null,
    sentAt: timeOf(0),
    answeredAt: null,
    expiresAt: timeOf(60),
    version: 1,
    ...change,
  };
}
