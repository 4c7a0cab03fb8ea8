import type {
  Agent,
  Attachment,
  Contact,
  Conversation,
  Customer,
  Message,
  MessageTemplate,
  MessageContent,
  Queue,
} from '@prosa/core/contract';

/** Made-up entities for tests and for the page of pictures. */

const letters = '0123456789abcdefghjkmnpqrstvwxyz';
let lastId = 0;

/** `cnv_00000000000000000000000001`, counting up. */
export function idOf(prefix: string): string {
  let rest = ++lastId;
  let body = '';
  for (let i = 0; i < 26; i++) {
    body = (letters[rest % 32] ?? '0') + body;
    rest = Math.floor(rest / 32);
  }
  return `${prefix}_${body}`;
}

/** The instant this many minutes ago, as on the wire. */
export function minutesAgo(minutes: number, now = Date.now()): string {
  return new Date(now - minutes * 60_000).toISOString();
}

const channelId = idOf('chn');

export function agentOf(overrides: Partial<Agent> = {}): Agent {
  const at = minutesAgo(60 * 24 * 90);
  return {
    id: idOf('agt'),
    externalId: 'usr-1',
    name: 'Ana Souza',
    email: 'ana@exemplo.com.br',
    role: 'agent',
    profile: null,
    maxConcurrent: null,
    presence: { state: 'online', pauseReason: null, connected: true, since: at },
    active: true,
    createdAt: at,
    updatedAt: at,
    version: 1,
    ...overrides,
  };
}

export function queueOf(name: string): Queue {
  const at = minutesAgo(60 * 24 * 90);
  return {
    id: idOf('que'),
    name,
    routing: 'pull',
    offerSeconds: 30,
    offerAgainSeconds: 60,
    maxConcurrent: null,
    prefer: 'none',
    pendingFreesSlot: true,
    closePolicy: 'none',
    requiredFields: [],
    reopenWithinMinutes: null,
    inactivityMinutes: { whatsapp: null, webchat: null },
    pendingMinutes: { whatsapp: null, webchat: null },
    queueTimeoutMinutes: null,
    expireUnanswered: false,
    messages: { queued: null, started: null, transferred: null, ended: null, unavailable: null, offline: null },
    hours: null,
    holidays: [],
    outOfHours: 'wait',
    nobodyOnline: 'wait',
    agents: [],
    createdAt: at,
    updatedAt: at,
    version: 1,
  };
}

export function contactOf(overrides: Partial<Contact> = {}): Contact {
  const at = minutesAgo(60 * 24);
  return {
    id: idOf('ctt'),
    channelId,
    name: 'Marina Albuquerque',
    phone: '+5583999142210',
    username: null,
    email: null,
    verified: true,
    marketingAllowed: true,
    customerId: null,
    createdAt: at,
    updatedAt: at,
    version: 1,
    ...overrides,
  };
}

export function templateOf(overrides: Partial<MessageTemplate> = {}): MessageTemplate {
  const at = minutesAgo(60 * 24 * 10);
  return {
    id: idOf('hsm'),
    channelId,
    name: 'entrega_a_caminho',
    category: 'UTILITY',
    language: 'pt_BR',
    components: [
      { type: 'BODY', text: 'Olá, {{1}}. O pedido *{{2}}* saiu para entrega hoje.', examples: ['Marina', '8812'] },
      { type: 'FOOTER', text: 'Loja Cacau' },
    ],
    variables: [
      { key: 'body.1', component: 'BODY', example: 'Marina' },
      { key: 'body.2', component: 'BODY', example: '8812' },
    ],
    status: 'approved',
    reason: null,
    sendable: true,
    replyQueueId: null,
    createdAt: at,
    updatedAt: at,
    version: 1,
    ...overrides,
  };
}

export function customerOf(overrides: Partial<Customer> = {}): Customer {
  const at = minutesAgo(60 * 24 * 30);
  return {
    id: idOf('cus'),
    name: 'Marina Albuquerque',
    document: { kind: 'cpf', value: '12345678909' },
    email: 'marina@exemplo.com.br',
    phone: '+5583999142210',
    address: 'Rua das Acácias, 120, João Pessoa, PB',
    notes: null,
    externalId: null,
    createdAt: at,
    updatedAt: at,
    version: 1,
    ...overrides,
  };
}

export function conversationOf(contact: Contact, overrides: Partial<Conversation> = {}): Conversation {
  const at = minutesAgo(30);
  return {
    id: idOf('cnv'),
    status: 'queued',
    channelId: contact.channelId,
    origin: 'whatsapp',
    contact: {
      id: contact.id,
      name: contact.name,
      phone: contact.phone,
      email: contact.email,
      verified: contact.verified,
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
    waitingSince: null,
    windowExpiresAt: new Date(Date.now() + 20 * 60 * 60_000).toISOString(),
    outcome: null,
    category: null,
    notes: null,
    answeredAt: null,
    replyDeadline: null,
    lastActivityAt: at,
    createdAt: at,
    closedAt: null,
    version: 1,
    ...overrides,
  };
}

export function attachmentOf(overrides: Partial<Attachment> = {}): Attachment {
  return {
    id: idOf('att'),
    kind: 'image',
    fileName: 'foto.jpg',
    mimeType: 'image/jpeg',
    size: 184_220,
    status: 'ready',
    createdAt: minutesAgo(10),
    version: 1,
    ...overrides,
  };
}

let lastPosition = 0;

export function messageOf(
  conversationId: string,
  content: MessageContent | string,
  rest: Partial<Message> = {},
): Message {
  return {
    id: idOf('msg'),
    conversationId,
    direction: 'inbound',
    author: { kind: 'customer', id: null, name: null },
    content: typeof content === 'string' ? { type: 'text', text: content } : content,
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
    position: ++lastPosition,
    createdAt: minutesAgo(10),
    version: 1,
    ...rest,
  };
}
