import type { LiveThread, ThreadSnapshot, Unsubscribe } from '../client/prosa-client.ts';
import type { Conversation, Message } from '../contract/index.ts';
import type { EntityChange } from './entity-store.ts';
import { keepSame } from './keep-same.ts';
import type { LiveContext } from './live-context.ts';
import { PagedQuery } from './paged-query.ts';
import { Snapshots } from './snapshots.ts';

const pageSize = 50;

const empty: ThreadSnapshot = Object.freeze({
  conversation: null,
  messages: Object.freeze([]),
  pending: Object.freeze([]),
});

/** A conversation with its messages: the newest page first, older ones on demand, live ones at the end. */
export class LiveConversationThread extends PagedQuery<ThreadSnapshot, Message> implements LiveThread {
  readonly #conversationId: string;
  readonly #messages = new Snapshots<Message>();
  #conversation: Conversation | null = null;
  /** Position of the oldest message of the loaded part: there are no gaps from here to the newest. */
  #floor = -Infinity;

  constructor(context: LiveContext, conversationId: string) {
    super(context, empty);
    this.#conversationId = conversationId;
  }

  protected override async load(signal: AbortSignal): Promise<void> {
    const id = this.#conversationId;
    const { conversations, entities } = this.context;
    const oldFloor = this.value.messages[0]?.position ?? Infinity;
    const [conversation, { items, cursor }] = await Promise.all([
      conversations.get(id, { signal }),
      this.fetchFromStart(signal, (messages) => floorOf(messages) <= oldFloor),
    ]);
    if (signal.aborted) return;
    this.#conversation = entities.get('conversation', id) ?? conversation;
    this.#floor = Infinity;
    this.endAt(cursor);
    this.append(items);
    for (const { id: messageId, position } of [...this.#messages.values()]) {
      if (position < this.#floor) this.#messages.delete(messageId);
    }
  }

  protected override append(messages: readonly Message[]): void {
    this.#floor = this.hasMore ? Math.min(this.#floor, floorOf(messages)) : -Infinity;
    // Through the store, so that the outbox sees its own messages.
    for (const message of messages) this.context.entities.put('message', message);
  }

  protected override fetchPage(cursor: string | undefined, signal: AbortSignal) {
    return this.context.messages.list(this.#conversationId, { cursor, limit: pageSize }, { signal });
  }

  protected override takes({ kind, entity }: EntityChange): boolean {
    if (kind === 'conversation' && entity.id === this.#conversationId) {
      this.#conversation = entity;
      return true;
    }
    if (kind !== 'message' || entity.conversationId !== this.#conversationId) return false;
    // A change of an older message than those loaded would leave a gap between.
    return entity.position >= this.#floor && this.#messages.put(entity);
  }

  protected override compute(previous: ThreadSnapshot): ThreadSnapshot {
    const sorted = [...this.#messages.values()].sort((a, b) => a.position - b.position);
    const next = {
      conversation: this.#conversation,
      messages: keepSame(previous.messages, sorted),
      pending: this.context.outbox.pending(this.#conversationId),
    };
    const names = ['conversation', 'messages', 'pending'] as const;
    return names.every((name) => next[name] === previous[name]) ? previous : Object.freeze(next);
  }

  protected override onStart(): Unsubscribe {
    const { outbox } = this.context;
    outbox.start();
    return outbox.observe((conversationId) => {
      if (conversationId === this.#conversationId) this.changed();
    });
  }
}

function floorOf(messages: readonly Message[]): number {
  return messages.reduce((floor, { position }) => Math.min(floor, position), Infinity);
}
