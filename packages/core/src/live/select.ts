import type { Live } from '../client/prosa-client.ts';

/**
 * A part of a live value. Its listeners hear of it when that part, or the status, changed, and of nothing else: for
 * `useSyncExternalStore`, a Lit controller, or a page of one's own. The part keeps its reference while `isEqual` says so.
 * Destroying it leaves the source as it is.
 *
 * @param choose called once per value of the source; it must not change what it is given
 * @example
 * const title = select(prosa.live.thread(id), ({ conversation }) => conversation?.contact.name ?? '');
 * const stop = title.subscribe(() => { heading.textContent = title.value; });
 */
export function select<Value, Part>(
  source: Live<Value>,
  choose: (value: Value) => Part,
  isEqual: (a: Part, b: Part) => boolean = Object.is,
): Live<Part> {
  const stops = new Set<() => void>();
  let known: { readonly of: Value; readonly part: Part } | null = null;

  function read(): Part {
    const { value } = source;
    if (known?.of !== value) {
      const part = choose(value);
      known = { of: value, part: known && isEqual(known.part, part) ? known.part : part };
    }
    return known.part;
  }

  return {
    get clock() {
      return source.clock;
    },
    get clockAheadMs() {
      return source.clockAheadMs;
    },
    get value() {
      return read();
    },
    get status() {
      return source.status;
    },
    get error() {
      return source.error;
    },
    subscribe(listener) {
      const look = () => [read(), source.status, source.error] as const;
      let told = look();
      const unsubscribe = source.subscribe(() => {
        const now = look();
        const isNews = now.some((item, index) => !Object.is(item, told[index]));
        told = now;
        if (isNews) listener();
      });
      const stop = () => {
        stops.delete(stop);
        unsubscribe();
      };
      stops.add(stop);
      return stop;
    },
    refresh() {
      source.refresh();
    },
    destroy() {
      for (const stop of stops) stop();
    },
  };
}
