import type { LiveThread, ThreadSnapshot } from '../client/prosa-client.ts';
import type { Conversation, Message } from '../contract/index.ts';
import type { EntityChange } from './entity-store.ts';
import { keepSame } from './keep-same.ts';
import type { LiveContext } from './live-context.ts';
import { LiveQuery } from './live-query.ts';
import { Snapshots } from './snapshots.ts';

const pageSize = 50;
/** Pages that a reload asks for at most; older ones are dropped and loaded again by scrolling. */
const maxReloadPages = 5;

const empty: ThreadSnapshot = Object.freeze({
  conversation: null,
  messages: Object.freeze([]),
  pending: Object.freeze([]),
});

/** A conversation with its messages: the newest page first, older ones on demand, live ones at the end. */
export class LiveConversationThread extends LiveQuery<ThreadSnapshot> implements LiveThread {
  readonly #conversationId: string;
  readonly #messages = new Snapshots<Message>();
  #conversation: Conversation | null = null;
  #nextCursor: string | null = null;
  /** Position of the oldest message of the loaded part: there are no gaps from here to the newest. */
  #floor = -Infinity;
  #isLoadingMore = false;

  constructor(context: LiveContext, conversationId: string) {
    super(context, empty);
    this.#conversationId = conversationId;
  }

  get hasMore(): boolean {
    return this.#nextCursor !== null;
  }

  get loadingMore(): boolean {
    return this.#isLoadingMore;
  }

  loadMore(): void {
    const signal = this.runSignal;
    if (signal && this.#nextCursor !== null && !this.#isLoadingMore && !this.isLoading) void this.#loadMore(signal);
  }

  protected override async load(signal: AbortSignal): Promise<void> {
    const id = this.#conversationId;
    const oldFloor = this.value.messages[0]?.position ?? Infinity;
    const [conversation, first] = await Promise.all([
      this.context.conversations.get(id, { signal }),
      this.#page(undefined, signal),
    ]);
    const messages = [...first.data];
    let cursor = first.nextCursor;
    for (let pages = 1; cursor !== null && floorOf(messages) > oldFloor && pages < maxReloadPages; pages++) {
      const page = await this.#page(cursor, signal);
      messages.push(...page.data);
      cursor = page.nextCursor;
    }
    if (signal.aborted) return;
    this.context.entities.put('conversation', conversation);
    this.#conversation = this.context.entities.get('conversation', id) ?? conversation;
    for (const message of messages) this.#take(message);
    this.#floor = cursor === null ? -Infinity : floorOf(messages);
    this.#nextCursor = cursor;
    for (const { id: messageId, position } of [...this.#messages.values()]) {
      if (position < this.#floor) this.#messages.delete(messageId);
    }
  }

  protected override takes({ kind, entity }: EntityChange): boolean {
    if (kind === 'conversation' && entity.id === this.#conversationId) {
      this.#conversation = entity;
      return true;
    }
    // A change of an older message than those loaded would leave a gap between.
    if (kind !== 'message' || entity.conversationId !== this.#conversationId) return false;
    return entity.position >= this.#floor && this.#messages.put(entity);
  }

  protected override compute(previous: ThreadSnapshot): ThreadSnapshot {
    const sorted = [...this.#messages.values()].sort((a, b) => a.position - b.position);
    const messages = keepSame(previous.messages, sorted);
    const pending = this.context.outbox.pending(this.#conversationId);
    const conversation = this.#conversation;
    const isSame =
      conversation === previous.conversation && messages === previous.messages && pending === previous.pending;
    return isSame ? previous : Object.freeze({ conversation, messages, pending });
  }

  protected override onStart(): () => void {
    const { outbox } = this.context;
    outbox.start();
    const stop = outbox.observe((conversationId) => {
      if (conversationId === this.#conversationId) this.changed();
    });
    return () => {
      stop();
      this.#isLoadingMore = false;
    };
  }

  protected override visible(): readonly unknown[] {
    return [this.hasMore, this.#isLoadingMore];
  }

  /** Through the store, so that the outbox sees its own messages too. */
  #take(message: Message): void {
    this.context.entities.put('message', message);
    this.#messages.put(message);
  }

  #page(cursor: string | undefined, signal: AbortSignal) {
    return this.context.messages.list(this.#conversationId, { cursor, limit: pageSize }, { signal });
  }

  async #loadMore(signal: AbortSignal): Promise<void> {
    const cursor = this.#nextCursor;
    this.#isLoadingMore = true;
    this.changed();
    try {
      const page = await this.#page(cursor ?? undefined, signal);
      // A reload in the meantime has its own end.
      if (!signal.aborted && this.#nextCursor === cursor) {
        this.#floor = page.nextCursor === null ? -Infinity : Math.min(this.#floor, floorOf(page.data));
        this.#nextCursor = page.nextCursor;
        for (const message of page.data) this.#take(message);
      }
    } catch {
      // There is still more, and whoever asked can ask again.
    }
    this.#isLoadingMore = false;
    this.changed();
  }
}

function floorOf(messages: readonly Message[]): number {
  return messages.reduce((floor, { position }) => Math.min(floor, position), Infinity);
}
