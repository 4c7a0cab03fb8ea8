import { gatewayNow, systemClock, type Clock, type HasClock } from '../client/clock.ts';
import type { Live, LiveQueries } from '../client/prosa-client.ts';
import { Timer } from '../client/timer.ts';
import type { Conversation } from '../contract/index.ts';
import { Observed } from '../observed/observed.ts';

/** A card that the agent was asked to accept. */
export interface Offer {
  /** Accept it with `conversations.accept`, refuse it with `conversations.decline`. */
  readonly conversation: Conversation;
  /** When it goes to somebody else: ISO 8601. */
  readonly expiresAt: string;
  /** Whole seconds until then, by the clock of the gateway as far as it is known; 0 until the gateway has taken it away. */
  readonly remainingSeconds: number;
}

/**
 * The cards that are offered to the agent whose token the client uses, the most urgent first, second by second. It holds
 * a timer only while somebody listens and there is a card.
 *
 * @example
 * const offers = liveOffers(prosa);
 * const stop = offers.subscribe(() => {
 *   for (const { conversation, remainingSeconds } of offers.value) showCard(conversation, remainingSeconds);
 * });
 */
export function liveOffers(
  client: HasClock & { readonly live: Pick<LiveQueries, 'conversations' | 'me'> },
  { clock = client.clock ?? systemClock }: { readonly clock?: Clock | undefined } = {},
): Live<readonly Offer[]> {
  const timer = new Timer(clock);
  const me = client.live.me();
  const now = () => gatewayNow({ clock, clockAheadMs: client.clockAheadMs });
  const cards = client.live.conversations({ status: 'offered', limit: 100 });
  const none: readonly Offer[] = Object.freeze([]);
  const initial = { offers: none, status: cards.status, error: cards.error };
  const observed = new Observed<{ offers: readonly Offer[]; status: typeof cards.status; error: Error | null }>(
    initial,
    {
      start() {
        const stops = [me.subscribe(look), cards.subscribe(look)];
        look();
        return () => {
          timer.clear();
          for (const stop of stops) stop();
        };
      },
    },
  );

  function current(): readonly Offer[] {
    const { offers } = observed.value;
    const next = cards.value
      .flatMap((conversation) => {
        const { offer } = conversation;
        if (!offer || offer.agent.id !== me.value?.id) return [];
        const remainingSeconds = Math.max(0, Math.ceil((Date.parse(offer.expiresAt) - now()) / 1000));
        const known = offers.find((one) => one.conversation === conversation);
        const isSame = known?.remainingSeconds === remainingSeconds;
        return isSame ? known : Object.freeze({ conversation, expiresAt: offer.expiresAt, remainingSeconds });
      })
      .sort((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt));
    const isSame = next.length === offers.length && next.every((offer, index) => offer === offers[index]);
    return isSame ? offers : Object.freeze(next);
  }

  /** A device that slept rings late: what is left is always read from the clock. */
  function look(): void {
    const offers = current();
    const trouble = [cards, me].find(({ status }) => status !== 'ready') ?? cards;
    observed.update({ offers, status: trouble.status, error: trouble.error });
    if (cards.hasMore) void cards.loadMore();
    timer.clear();
    if (!observed.isWatched) return;
    const at = now();
    const left = offers.map(({ expiresAt }) => Date.parse(expiresAt) - at).filter((ms) => ms > 0);
    // One millisecond later the next second has surely begun.
    if (left.length > 0) timer.set(Math.min(...left.map((ms) => ms % 1000)) + 1, look);
  }

  return {
    get value() {
      look();
      return observed.value.offers;
    },
    get status() {
      return observed.value.status;
    },
    get error() {
      return observed.value.error;
    },
    subscribe: (listener) => observed.subscribe(listener),
    refresh() {
      me.refresh();
      cards.refresh();
    },
    destroy() {
      observed.destroy();
      me.destroy();
      cards.destroy();
    },
  };
}
