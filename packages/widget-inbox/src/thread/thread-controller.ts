import type { LiveThread, ProsaClient } from '@prosa/core';
import type { Conversation, Message } from '@prosa/core/contract';
import { LiveController, ThreadItems, VirtualListController, type ThreadItem } from '@prosa/ui';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface ThreadOptions {
  readonly row: (item: ThreadItem) => unknown;
  /** Messages of the customer that came while the thread was open. */
  readonly onArrived: (messages: readonly Message[]) => void;
}

/** Pixels above what is in sight that are still to be scrolled through while older messages are asked for. */
const nearTop = 600;

/** The open conversation: its messages, the older ones on demand, and what came while the reader was further up. */
export class ThreadController implements ReactiveController {
  readonly list: VirtualListController<ThreadItem>;
  readonly #host: ReactiveControllerHost;
  readonly #options: ThreadOptions;
  readonly #live: LiveController<LiveThread>;
  #items = new ThreadItems();
  #built: readonly unknown[] = [];
  #current: readonly ThreadItem[] = [];
  #resent: ReadonlySet<string> = new Set();
  #lastPosition: number | null = null;
  #seenPosition = -Infinity;
  #unseen = 0;
  #atEnd = true;

  constructor(host: ReactiveControllerHost, options: ThreadOptions) {
    this.#host = host;
    this.#options = options;
    this.#live = new LiveController(host);
    this.list = new VirtualListController<ThreadItem>(host, {
      keyOf: ({ key }) => key,
      estimate: estimateHeight,
      row: options.row,
      anchor: 'end',
      padding: 12,
      onScroll: () => {
        this.#onScroll();
      },
    });
    host.addController(this);
  }

  get live(): LiveThread | null {
    return this.#live.current;
  }

  get conversation(): Conversation | null {
    return this.live?.value.conversation ?? null;
  }

  get pendingCount(): number {
    return this.live?.value.pending.filter(({ state }) => state !== 'failed').length ?? 0;
  }

  get items(): readonly ThreadItem[] {
    return this.#current;
  }

  /** Failed messages that were sent again. */
  get resent(): ReadonlySet<string> {
    return this.#resent;
  }

  get isAtEnd(): boolean {
    return this.#atEnd;
  }

  /** How many messages of the customer lie below what was seen. */
  get unseen(): number {
    return this.#unseen;
  }

  bind(client: ProsaClient | null, conversationId: string | null): void {
    const key = client && conversationId !== null ? [client, conversationId] : null;
    const changed = this.#live.bind(key, () => (client as ProsaClient).live.thread(conversationId ?? ''));
    if (changed) this.#reset();
    const { messages = [], pending = [] } = this.live?.value ?? {};
    const hasOlder = this.live?.hasMore ?? false;
    const [knownMessages, knownPending, knownOlder] = this.#built;
    if (messages !== knownMessages || pending !== knownPending || hasOlder !== knownOlder) {
      this.#build(messages, pending, hasOlder);
    }
    this.list.setItems(this.#current);
  }

  readonly messageOf = (id: string): Message | undefined =>
    this.live?.value.messages.find((message) => message.id === id);

  readonly toEnd = (): void => {
    this.list.scrollToEnd();
  };

  hostUpdated(): void {
    this.#onScroll();
  }

  #reset(): void {
    this.list.reset();
    this.#items = new ThreadItems();
    this.#built = [];
    this.#current = [];
    this.#resent = new Set();
    this.#lastPosition = null;
    this.#seenPosition = -Infinity;
    this.#unseen = 0;
    this.#atEnd = true;
  }

  #build(messages: readonly Message[], pending: LiveThread['value']['pending'], hasOlder: boolean): void {
    this.#built = [messages, pending, hasOlder];
    this.#current = this.#items.build(messages, pending, hasOlder);
    const resent = messages.flatMap(({ resendOf }) => (resendOf === null ? [] : [resendOf]));
    if (resent.length !== this.#resent.size) this.#resent = new Set(resent);
    const last = messages.at(-1)?.position ?? null;
    const before = this.#lastPosition;
    this.#lastPosition = last;
    if (before !== null && last !== null && last > before) {
      const arrived = messages.filter(({ position, direction }) => position > before && direction === 'inbound');
      if (arrived.length > 0) this.#options.onArrived(arrived);
    }
    if (this.#atEnd && last !== null) this.#seenPosition = last;
    this.#unseen = this.#atEnd
      ? 0
      : messages.filter(({ position, direction }) => position > this.#seenPosition && direction === 'inbound').length;
  }

  #onScroll(): void {
    const { live, list } = this;
    if (!live || list.items.length === 0) return;
    if (live.hasMore && !live.loadingMore && !live.pageError && (list.scroller.value?.scrollTop ?? nearTop) < nearTop)
      void live.loadMore();
    const atEnd = list.isAtEnd;
    if (atEnd === this.#atEnd) return;
    this.#atEnd = atEnd;
    if (atEnd) {
      this.#unseen = 0;
      this.#seenPosition = this.#lastPosition ?? -Infinity;
    }
    this.#host.requestUpdate();
  }
}

/** Close enough that the scrollbar does not jump when the row is measured. */
function estimateHeight(item: ThreadItem): number {
  const day = item.day === null ? 0 : 50;
  if (item.kind === 'events') return day + 38;
  const gap = item.first ? 9 : 3;
  const type = item.kind === 'message' ? item.message.content.type : item.pending.message.type;
  if (type === 'image' || type === 'video') return day + gap + 230;
  if (type === 'sticker') return day + gap + 160;
  if (type === 'document' || type === 'audio') return day + gap + 92;
  const content = item.kind === 'message' ? item.message.content : item.pending.message;
  const text = content.type === 'text' ? content.text : '';
  return day + gap + 16 + 20 * Math.max(1, Math.ceil((text.length + 10) / 62));
}
