import { Timer } from '../client/timer.ts';
import type { Conversation, ConversationCounts } from '../contract/index.ts';
import type { LiveContext } from './live-context.ts';
import { LiveQuery } from './live-query.ts';

const coalesceMs = 150;
/** A busy desk has many changes a second; each page asks at most this often. */
const atMostEveryMs = 1000;

/** The numbers on the tabs, from the server: the loaded rows are only some of them. */
export class LiveCounts extends LiveQuery<ConversationCounts | null> {
  readonly #queueId: string | undefined;
  #counts: ConversationCounts | null = null;
  readonly #timer: Timer;
  #askedAt = -Infinity;

  constructor(context: LiveContext, queueId: string | undefined) {
    super(context, null);
    this.#queueId = queueId;
    this.#timer = new Timer(context.clock);
  }

  protected override async load(signal: AbortSignal): Promise<void> {
    this.#askedAt = this.context.clock.now();
    const counts = await this.context.conversations.counts({ queueId: this.#queueId }, { signal });
    if (!signal.aborted) this.#counts = counts;
  }

  protected override compute(previous: ConversationCounts | null): ConversationCounts | null {
    const next = this.#counts;
    if (!next || !previous) return next && Object.freeze(next);
    return JSON.stringify(next) === JSON.stringify(previous) ? previous : Object.freeze(next);
  }

  protected override watch() {
    return [
      this.context.entities.observe('conversation', null, (entity, previous) => {
        if (countsDiffer(previous, entity)) this.#askSoon();
      }),
      () => {
        this.#timer.clear();
      },
    ];
  }

  /** Not put off by what comes next, or a busy desk would never see its numbers move. */
  #askSoon(): void {
    if (this.#timer.isSet) return;
    const leftMs = this.#askedAt + atMostEveryMs - this.context.clock.now();
    // More than all of it: somebody set the clock back.
    this.#timer.set(Math.min(Math.max(coalesceMs, leftMs), atMostEveryMs), () => {
      if (this.isLoading) this.#askSoon();
      else this.refresh();
    });
  }
}

function countsDiffer(before: Conversation | undefined, after: Conversation | null): boolean {
  return (
    !before ||
    !after ||
    before.status !== after.status ||
    before.unreadCount > 0 !== after.unreadCount > 0 ||
    before.assignee?.id !== after.assignee?.id ||
    before.queue?.id !== after.queue?.id
  );
}
