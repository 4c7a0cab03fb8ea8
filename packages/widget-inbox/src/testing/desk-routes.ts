import { templatePreview } from '@prosa/core';
import type {
  ConversationClose,
  ConversationStart,
  ConversationTransfer,
  Customer,
  CustomerCreate,
  ErrorCode,
  Message,
  MessageSend,
  Problem,
} from '@prosa/core/contract';
import type { Desk } from './desk.ts';
import { attachmentOf, contactOf, conversationOf as newConversation, customerOf, messageOf } from './records.ts';

export interface DeskRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly file: Blob | null;
}

/** Thrown by a handler: becomes a problem document. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly extra: Partial<Problem>;

  constructor(code: ErrorCode, extra: Partial<Problem> = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

type Handler = (desk: Desk, request: DeskRequest) => unknown;

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Refusal('not_found');
  return value;
}

function page<T>(items: readonly T[], query: URLSearchParams): { data: readonly T[]; nextCursor: string | null } {
  const limit = Number(query.get('limit') ?? 30);
  const start = Number(query.get('cursor') ?? 0);
  const end = start + limit;
  return { data: items.slice(start, end), nextCursor: end < items.length ? String(end) : null };
}

const conversationOf = (desk: Desk, { params }: DeskRequest) =>
  found(desk.conversation(params['conversationId'] ?? ''));

function event(
  desk: Desk,
  conversationId: string,
  content: Extract<Message['content'], { type: 'event' }>['event'],
): void {
  const author = { kind: 'system', id: null, name: null } as const;
  const at = new Date().toISOString();
  desk.add(
    messageOf(conversationId, { type: 'event', event: content }, { direction: 'internal', author, createdAt: at }),
  );
}

/** By `resource.action`, as in the contract. */
export const deskRoutes: Readonly<Record<string, Handler>> = {
  'hsm.list': (desk, { query }) => {
    const status = query.get('status');
    return page(
      desk.templates.filter((template) => status === null || template.status === status),
      query,
    );
  },
  'conversations.list': (desk, { query }) => {
    const contactId = query.get('contactId');
    const customerId = query.get('customerId');
    const items = desk
      .tab((query.get('tab') ?? undefined) as Parameters<Desk['tab']>[0])
      .filter(
        ({ contact, customer }) =>
          (contactId ? contact.id === contactId : true) && (customerId ? customer?.id === customerId : true),
      );
    return page(items, query);
  },
  'conversations.counts': (desk) => desk.counts(),
  'conversations.get': conversationOf,
  'conversations.accept': (desk, request) => {
    const { id, status, assignee } = conversationOf(desk, request);
    if (status === 'active' && assignee?.id !== desk.me.id)
      throw new Refusal('conversation_taken', { owner: assignee });
    const by = { id: desk.me.id, name: desk.me.name };
    const next = desk.change(id, { status: 'active', assignee: by, waitingSince: null }, 'conversation.assigned');
    event(desk, id, { name: 'accepted', by });
    return desk.conversation(next.id);
  },
  'conversations.transfer': (desk, request) => {
    const { id } = conversationOf(desk, request);
    const { to, reason = null } = request.body as ConversationTransfer;
    const by = { id: desk.me.id, name: desk.me.name };
    const agent = 'agentId' in to ? found(desk.agents.find((one) => one.id === to.agentId)) : null;
    const queue = 'queueId' in to ? found(desk.queues.find((one) => one.id === to.queueId)) : null;
    const toAgent = agent && { id: agent.id, name: agent.name };
    const toQueue = queue && { id: queue.id, name: queue.name };
    desk.change(
      id,
      toAgent
        ? { assignee: toAgent }
        : { status: 'queued', assignee: null, queue: toQueue, waitingSince: new Date().toISOString() },
      'conversation.transferred',
    );
    event(desk, id, { name: 'transferred', by, toAgent, toQueue, reason });
    return desk.conversation(id);
  },
  'conversations.close': (desk, request) => {
    const { id, status } = conversationOf(desk, request);
    if (status === 'closed') throw new Refusal('conversation_closed');
    const { outcome = 'resolved' } = request.body as ConversationClose;
    const by = { id: desk.me.id, name: desk.me.name };
    const closedAt = new Date().toISOString();
    desk.change(id, { status: 'closed', outcome, closedAt }, 'conversation.closed');
    event(desk, id, { name: 'closed', by, outcome });
    return desk.conversation(id);
  },
  'conversations.read': (desk, request) => {
    const { id, assignee, unreadCount } = conversationOf(desk, request);
    if (assignee?.id !== desk.me.id || unreadCount === 0) return desk.conversation(id);
    return desk.change(id, { unreadCount: 0 }, 'conversation.read');
  },
  'conversations.start': (desk, { body }) => {
    const { to, template } = body as ConversationStart;
    if (!('phone' in to)) throw new Refusal('not_found');
    const { phone, name = phone } = to;
    const open = desk.tab('all').find(({ contact }) => contact.phone === phone);
    if (open) throw new Refusal('contact_in_conversation', { owner: open.assignee, conversationId: open.id });
    const contact = desk.addContact(contactOf({ name, phone }));
    const assignee = { id: desk.me.id, name: desk.me.name };
    const createdAt = new Date().toISOString();
    const times = { createdAt, lastActivityAt: createdAt, windowExpiresAt: createdAt };
    const { id } = desk.addConversation(newConversation(contact, { status: 'awaiting_reply', assignee, ...times }));
    desk.emit('conversation.created', { conversation: found(desk.conversation(id)) });
    desk.add(outbound(desk, id, { type: 'template', ...template }));
    return desk.conversation(id);
  },
  'messages.list': (desk, request) => {
    const { id } = conversationOf(desk, request);
    return { ...page([...(desk.messages.get(id) ?? [])].reverse(), request.query), previousCursor: null };
  },
  'messages.send': (desk, request) => {
    const { id, status, assignee, windowExpiresAt } = conversationOf(desk, request);
    if (status === 'closed') throw new Refusal('conversation_closed');
    if (assignee?.id !== desk.me.id) throw new Refusal('conversation_not_yours', { owner: assignee });
    const isTemplate = (request.body as MessageSend).type === 'template';
    if (!isTemplate && windowExpiresAt && Date.parse(windowExpiresAt) <= Date.now()) throw new Refusal('window_closed');
    return desk.add(outbound(desk, id, request.body as MessageSend));
  },
  'messages.react': (desk, request) => {
    const { id } = conversationOf(desk, request);
    const { emoji } = request.body as { readonly emoji: string | null };
    const message = found(desk.messages.get(id)?.find((one) => one.id === request.params['messageId']));
    if (message.direction !== 'inbound') throw new Refusal('message_not_reactable');
    const by = { kind: 'agent', id: desk.me.id, name: desk.me.name } as const;
    const others = message.reactions.filter((reaction) => reaction.by.kind === 'customer');
    const own = emoji === null ? [] : [{ emoji, by, at: new Date().toISOString() }];
    return desk.setStatus(message, { reactions: [...others, ...own] }, 'message.updated');
  },
  'messages.resend': (desk, request) => {
    const { id } = conversationOf(desk, request);
    const failed = found(desk.messages.get(id)?.find((message) => message.id === request.params['messageId']));
    const author = { kind: 'agent', id: desk.me.id, name: desk.me.name } as const;
    const at = new Date().toISOString();
    return desk.add(
      messageOf(id, failed.content, {
        direction: 'outbound',
        author,
        status: 'pending',
        resendOf: failed.id,
        createdAt: at,
      }),
    );
  },
  'customers.list': (desk, { query }) => {
    const search = (query.get('search') ?? '').toLowerCase();
    const items = [...desk.customers.values()].filter(({ name, document, phone }) =>
      [name, document?.value, phone].some((value) => value?.toLowerCase().includes(search)),
    );
    return page(items, query);
  },
  'customers.get': (desk, { params }) => found(desk.customers.get(params['customerId'] ?? '')),
  'customers.create': (desk, { body }) => {
    const values = body as CustomerCreate;
    refuseTakenDocument(desk, values, null);
    const customer = desk.addCustomer(customerOf({ ...empty, ...clean(values), name: values.name }));
    desk.emit('customer.created', { customer });
    return customer;
  },
  'customers.update': (desk, { params, body }) => {
    const before = found(desk.customers.get(params['customerId'] ?? ''));
    const values = body as CustomerCreate;
    refuseTakenDocument(desk, values, before.id);
    const customer = desk.addCustomer({ ...before, ...clean(values), version: before.version + 1 });
    desk.emit('customer.updated', { customer });
    return customer;
  },
  'contacts.get': (desk, { params }) => found(desk.contacts.get(params['contactId'] ?? '')),
  'contacts.link': (desk, { params, body }) => {
    const before = found(desk.contacts.get(params['contactId'] ?? ''));
    const customer = found(desk.customers.get((body as { customerId: string }).customerId));
    const contact = desk.addContact({ ...before, customerId: customer.id, version: before.version + 1 });
    desk.emit('customer.linked', { contact, customer });
    for (const conversation of desk.conversations.values()) {
      if (conversation.contact.id !== contact.id) continue;
      desk.change(conversation.id, { customer: { id: customer.id, name: customer.name } });
    }
    return contact;
  },
  'queues.list': (desk, { query }) => page(desk.queues, query),
  'agents.list': (desk, { query }) => page(desk.agents, query),
  'agents.me': (desk) => desk.me,
  'attachments.upload': (desk, { query, file }) => {
    const mimeType = file?.type ?? 'application/octet-stream';
    if (mimeType === 'application/x-msdownload') throw new Refusal('media_type_not_allowed');
    const kind = mimeType.startsWith('image/') ? 'image' : mimeType.startsWith('audio/') ? 'audio' : 'document';
    const fileName = query.get('fileName') ?? 'arquivo';
    const attachment = attachmentOf({ kind, fileName, mimeType, size: file?.size ?? 0 });
    return desk.addAttachment(attachment, file ? URL.createObjectURL(file) : '');
  },
  'attachments.url': (desk, { params }) => ({
    url: found(desk.attachments.get(params['attachmentId'] ?? '')).url,
    expiresAt: new Date(Date.now() + 5 * 60_000).toISOString(),
  }),
};

const empty = { document: null, email: null, phone: null, address: null };

function clean({ document, email, phone, address, notes }: CustomerCreate): Partial<Customer> {
  return {
    ...(document !== undefined && { document }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone: phone && phone.replace(/[^\d+]/g, '') }),
    ...(address !== undefined && { address }),
    ...(notes !== undefined && { notes }),
  };
}

function refuseTakenDocument(desk: Desk, { document }: CustomerCreate, ownId: string | null): void {
  if (!document) return;
  const other = [...desk.customers.values()].find((one) => one.id !== ownId && one.document?.value === document.value);
  if (other) throw new Refusal('document_taken', { customerId: other.id });
}

function templateContent(
  desk: Desk,
  { templateId, variables = {}, attachmentId }: Extract<MessageSend, { type: 'template' }>,
): Message['content'] {
  const template = found(desk.templates.find(({ id }) => id === templateId));
  const { name, language } = template;
  const header = attachmentId === undefined ? {} : { attachment: found(desk.attachments.get(attachmentId)).attachment };
  return {
    type: 'template',
    templateId,
    name,
    language,
    ...templatePreview(template, variables),
    ...header,
    buttons: [],
  };
}

function quotedBy(desk: Desk, conversationId: string, { replyTo }: MessageSend): Message['replyTo'] {
  if (replyTo === undefined) return null;
  const { id, direction, author, content } = found(desk.messages.get(conversationId)?.find(({ id }) => id === replyTo));
  const text = 'text' in content ? content.text : null;
  return { messageId: id, direction, authorName: author.name, type: content.type, text };
}

function outbound(desk: Desk, conversationId: string, message: MessageSend): Message {
  const author = { kind: 'agent', id: desk.me.id, name: desk.me.name } as const;
  const rest = {
    direction: 'outbound',
    author,
    status: 'pending',
    clientId: message.clientId ?? null,
    replyTo: quotedBy(desk, conversationId, message),
    createdAt: new Date().toISOString(),
  } as const;
  if (message.type === 'text') return messageOf(conversationId, message.text, rest);
  if (message.type === 'template') return messageOf(conversationId, templateContent(desk, message), rest);
  if (!('attachmentId' in message)) throw new Error(`unable to send ${message.type}; the desk does not know it`);
  const { attachment } = found(desk.attachments.get(message.attachmentId));
  if (message.type === 'audio') {
    return messageOf(conversationId, { type: 'audio', attachment, voice: message.voice ?? false }, rest);
  }
  if (message.type === 'sticker') return messageOf(conversationId, { type: 'sticker', attachment }, rest);
  const { type, caption = null } = message;
  return messageOf(conversationId, { type, attachment, caption }, rest);
}
