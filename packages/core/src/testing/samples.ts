import type { Agent, Contact, Conversation, Customer, Message } from '../contract/index.ts';

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
    active: true,
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
    contact: { id: idOf('ctt', number), name: `Contato ${number}`, phone: '+5583999142210' },
    customer: null,
    queue: null,
    assignee: null,
    protocol: null,
    previousConversationId: null,
    unreadCount: 0,
    lastMessage: null,
    waitingSince: timeOf(number),
    windowExpiresAt: null,
    outcome: null,
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
    position,
    createdAt: timeOf(position),
    version: 1,
    ...change,
  };
}
