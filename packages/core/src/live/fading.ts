import type { Clock } from '../client/clock.ts';
import type { Unsubscribe } from '../client/prosa-client.ts';
import { Timer } from '../client/timer.ts';
import { Observed, type Observable } from '../observed/observed.ts';

/** @param forMs how long it holds unless it is said again; 0: it is over */
export type Say<Item> = (key: string, item: Item, forMs: number) => void;

/**
 * What somebody said that holds for a while. It listens, and holds a timer, only while it is watched.
 *
 * @param listen hears who says something, and returns what ends that
 */
export function fading<Item>(clock: Clock, listen: (say: Say<Item>) => Unsubscribe): Observable<readonly Item[]> {
  const timer = new Timer(clock);
  const said = new Map<string, { readonly item: Item; readonly until: number }>();
  const none: readonly Item[] = Object.freeze([]);
  const observed = new Observed(
    { items: none },
    {
      start() {
        const stop = listen((key, item, forMs) => {
          // The first one is kept, so that who says it again is no news.
          said.set(key, { item: said.get(key)?.item ?? item, until: clock.now() + forMs });
          look();
        });
        return () => {
          stop();
          said.clear();
          look();
        };
      },
    },
  );

  /** A device that slept rings late: what still holds is always read from the clock. */
  function look(): void {
    const now = clock.now();
    for (const [key, { until }] of said) if (until <= now) said.delete(key);
    const holds = [...said.values()];
    const { items } = observed.value;
    if (holds.length !== items.length || holds.some(({ item }, index) => item !== items[index])) {
      observed.update({ items: Object.freeze(holds.map(({ item }) => item)) });
    }
    timer.clear();
    if (holds.length > 0) timer.set(Math.min(...holds.map(({ until }) => until)) - now, look);
  }

  return {
    get value() {
      look();
      return observed.value.items;
    },
    subscribe: (listener) => observed.subscribe(listener),
  };
}
