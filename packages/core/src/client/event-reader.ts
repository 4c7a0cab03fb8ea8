import type { EventType, ProsaEvent } from '../contract/index.ts';
import { AbortedError } from '../errors/local-errors.ts';
import { eventStreamOf } from './inner-parts.ts';
import type { Kernel } from './kernel.ts';
import type { EventsOptions, Unsubscribe } from './prosa-client.ts';

/** Collects events from now on, for whoever reads them one after the other. */
export function readEvents<Type extends EventType>(
  { emitter, use }: Kernel,
  { types, signal }: EventsOptions<Type> = {},
): AsyncIterableIterator<ProsaEvent<Type>> {
  const stream = use(eventStreamOf);
  const collected: ProsaEvent[] = [];
  let wake = () => {};
  let isOver = false;
  let ends: Unsubscribe[] = [];
  const stop = () => {
    isOver = true;
    for (const end of ends.splice(0)) end();
    wake();
  };
  const look = () => {
    if (signal?.aborted || stream.current.state === 'closed') stop();
  };

  async function* read() {
    try {
      for (;;) {
        if (signal?.aborted) throw new AbortedError('read the events', undefined, signal.reason);
        const event = collected.shift();
        if (event) yield event as ProsaEvent<Type>;
        else if (isOver) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      stop();
    }
  }

  look();
  if (!isOver) {
    signal?.addEventListener('abort', look);
    ends = [
      emitter.onEvent((event) => {
        if (types && !types.includes(event.type as Type)) return;
        collected.push(event);
        wake();
      }),
      emitter.on('connection.changed', look),
      stream.retain(),
      () => signal?.removeEventListener('abort', look),
    ];
  }
  const events = read();
  return Object.assign(events, {
    // Of itself it would wait for the next event, and end nothing where none was read.
    return: (): Promise<IteratorResult<ProsaEvent<Type>>> => {
      stop();
      return Promise.resolve({ done: true, value: undefined });
    },
  });
}
