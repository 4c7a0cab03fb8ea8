import type { LiveThread, PageParams, ThreadSnapshot } from '../client/prosa-client.ts';
import type { Conversation, Message } from '../contract/index.ts';
import type { LiveContext } from './live-context.ts';
import { PagedQuery, type PageDirection, type Part } from './paged-query.ts';

const pageSize = 50;
const none = Object.freeze([]);

const empty: ThreadSnapshot = Object.freeze({ conversation: null, messages: none, pending: none });

/**
 * A conversation and a part of its messages without gaps: the newest page, or the one around a message, made longer on
 * demand. The newest part grows with what comes.
 */
export class LiveConversationThread extends PagedQuery<ThreadSnapshot, Message> implements LiveThread {
  readonly #conversationId: string;
  readonly #around: string | undefined;
  #conversation: Conversation | null = null;
  /** Positions between which every message is loaded. */
  #floor = 0;
  #ceiling = 0;

  constructor(context: LiveContext, conversationId: string, around: string | undefined) {
    super(context, empty, (a, b) => a.position - b.position);
    this.#conversationId = conversationId;
    this.#around = around;
  }

  protected override async fetchPart(signal: AbortSignal): Promise<Part<Message>> {
    const id = this.#conversationId;
    const { conversations, entities } = this.context;
    const { value: shown } = this.rows;
    const floor = shown[0]?.position ?? Infinity;
    // What is looked at is loaded again where it is.
    const around = this.hasNewer ? shown[shown.length >> 1]?.id : shown[0] ? undefined : this.#around;
    const limit = Math.min(Math.max(pageSize, shown.length), 100);
    const [conversation, part] = await Promise.all([
      conversations.get(id, { signal }),
      around
        ? this.fetchPage({ around, limit }, signal)
        : this.fetchFromStart(signal, (messages) => messages.some(({ position }) => position <= floor)),
    ]);
    this.#conversation = entities.get('conversation', id) ?? conversation;
    return part;
  }

  protected override fetchPage(params: PageParams & { readonly around?: string }, signal: AbortSignal) {
    return this.context.messages.list(this.#conversationId, { limit: pageSize, ...params }, { signal });
  }

  protected override reach(messages: readonly Message[], direction?: PageDirection): void {
    const positions = messages.map(({ position }) => position);
    if (direction) positions.push(this.#floor, this.#ceiling);
    this.#floor = this.hasMore ? Math.min(...positions) : -Infinity;
    this.#ceiling = this.hasNewer ? Math.max(...positions) : Infinity;
  }

  protected override shows({ position }: Message): boolean {
    return position >= this.#floor && position <= this.#ceiling;
  }

  /** Through the store, so that the outbox sees its own messages. */
  protected override accept(message: Message): void {
    this.context.entities.put('message', message);
  }

  protected override compute(previous: ThreadSnapshot): ThreadSnapshot {
    const next: ThreadSnapshot = {
      conversation: this.#conversation,
      messages: this.rows.value,
      // They follow the newest message.
      pending: this.hasNewer ? none : this.context.outbox.pending(this.#conversationId),
    };
    const names = ['conversation', 'messages', 'pending'] as const;
    return names.every((name) => next[name] === previous[name]) ? previous : Object.freeze(next);
  }

  protected override watch() {
    const { entities, outbox } = this.context;
    const id = this.#conversationId;
    outbox.start();
    return [
      ...super.watch(),
      entities.observe('conversation', id, (conversation) => {
        // Out of sight: the server says so.
        if (!conversation) this.refresh();
        // With its messages: until they are loaded, it would say more than they do.
        else if (this.isLoaded) {
          this.#conversation = conversation;
          this.changed();
        }
      }),
      entities.observe('message', id, (message) => {
        if (message) this.take(message);
      }),
      outbox.observe((conversationId) => {
        if (conversationId === id) this.changed();
      }),
    ];
  }

  protected override holds(): Iterable<string> {
    return [this.#conversationId];
  }
}
