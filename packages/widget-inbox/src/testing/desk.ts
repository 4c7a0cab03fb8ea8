import type {
  Agent,
  Attachment,
  Contact,
  Conversation,
  ConversationCounts,
  ConversationTab,
  Customer,
  EventType,
  EventData,
  Message,
  MessageTemplate,
  Queue,
} from '@prosa/core/contract';

export type Emit = <Type extends EventType>(type: Type, data: EventData[Type]) => void;

/** What a scripted gateway knows, and the few rules that make it answer like a desk. */
export class Desk {
  me: Agent;
  agents: readonly Agent[] = [];
  queues: readonly Queue[] = [];
  templates: readonly MessageTemplate[] = [];
  emit: Emit = () => undefined;
  readonly contacts = new Map<string, Contact>();
  readonly customers = new Map<string, Customer>();
  readonly conversations = new Map<string, Conversation>();
  readonly messages = new Map<string, Message[]>();
  readonly attachments = new Map<string, { readonly attachment: Attachment; readonly url: string }>();

  constructor(me: Agent) {
    this.me = me;
  }

  addContact(contact: Contact): Contact {
    this.contacts.set(contact.id, contact);
    return contact;
  }

  addCustomer(customer: Customer): Customer {
    this.customers.set(customer.id, customer);
    return customer;
  }

  addConversation(conversation: Conversation, messages: readonly Message[] = []): Conversation {
    this.messages.set(conversation.id, [...messages]);
    const last = [...messages].reverse().find(({ direction }) => direction !== 'internal');
    const shown = last
      ? { ...conversation, lastMessage: previewOf(last), lastActivityAt: last.createdAt }
      : conversation;
    this.conversations.set(shown.id, shown);
    return shown;
  }

  addAttachment(attachment: Attachment, url: string): Attachment {
    this.attachments.set(attachment.id, { attachment, url });
    return attachment;
  }

  conversation(id: string): Conversation | undefined {
    return this.conversations.get(id);
  }

  tab(tab: ConversationTab | undefined): readonly Conversation[] {
    const all = [...this.conversations.values()];
    const open = all.filter(({ status }) => status !== 'closed');
    const newest = (a: Conversation, b: Conversation) => b.lastActivityAt.localeCompare(a.lastActivityAt);
    const waited = (a: Conversation, b: Conversation) => (a.waitingSince ?? '').localeCompare(b.waitingSince ?? '');
    switch (tab) {
      case 'waiting':
        return open.filter(({ status }) => status === 'queued').sort(waited);
      case 'unread':
        return open.filter(({ status, unreadCount }) => status === 'active' && unreadCount > 0).sort(newest);
      case 'mine':
        return open.filter(({ assignee }) => assignee?.id === this.me.id).sort(newest);
      case 'all':
        return open.sort(newest);
      default:
        return all.sort(newest);
    }
  }

  counts(): ConversationCounts {
    const count = (tab: ConversationTab) => this.tab(tab).length;
    return { waiting: count('waiting'), unread: count('unread'), mine: count('mine'), all: count('all') };
  }

  /** Stores a change of a conversation as its next version, and tells the stream. */
  change(
    id: string,
    change: Partial<Conversation>,
    event: Extract<EventType, `conversation.${string}`> = 'conversation.updated',
  ): Conversation {
    const before = this.conversations.get(id);
    if (!before) throw new Error(`unable to change the conversation; there is no ${id}`);
    const conversation = { ...before, ...change, version: before.version + 1 };
    this.conversations.set(id, conversation);
    this.emit(event, { conversation });
    return conversation;
  }

  /** Adds a message to a conversation, and tells the stream. */
  add(message: Message): Message {
    this.messages.get(message.conversationId)?.push(message);
    const before = this.conversations.get(message.conversationId);
    if (!before) return message;
    const inbound = message.direction === 'inbound';
    const conversation: Conversation = {
      ...before,
      lastMessage: message.direction === 'internal' ? before.lastMessage : previewOf(message),
      lastActivityAt: message.createdAt,
      unreadCount: inbound && before.status === 'active' ? before.unreadCount + 1 : before.unreadCount,
      version: before.version + 1,
    };
    this.conversations.set(conversation.id, conversation);
    this.emit('message.created', { message, conversation });
    return message;
  }

  /** Moves the status of a message on, or changes what it says, and tells the stream. */
  setStatus(
    message: Message,
    change: Partial<Message>,
    event: 'message.status' | 'message.updated' = 'message.status',
  ): Message {
    const list = this.messages.get(message.conversationId) ?? [];
    const index = list.findIndex(({ id }) => id === message.id);
    const before = list[index] ?? message;
    const next = { ...before, ...change, version: before.version + 1 };
    list[index] = next;
    const conversation = this.conversations.get(message.conversationId);
    if (conversation) this.emit(event, { message: next, conversation });
    return next;
  }
}

function previewOf({ id, content, direction, author, status, createdAt }: Message): Conversation['lastMessage'] {
  const text =
    content.type === 'text' || content.type === 'template'
      ? content.text
      : 'caption' in content && content.caption
        ? content.caption
        : content.type === 'document'
          ? content.attachment.fileName
          : null;
  return {
    id,
    type: content.type,
    text: text?.slice(0, 200) ?? null,
    direction: direction === 'inbound' ? 'inbound' : 'outbound',
    authorName: author.name,
    status,
    createdAt,
  };
}
