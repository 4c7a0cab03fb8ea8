import type { Clock } from '../client/clock.ts';
import { Timer } from '../client/timer.ts';
import type { TokenSource } from '../client/token-source.ts';
import type { Transport } from '../client/transport.ts';
import { ApiError } from '../errors/api-error.ts';
import type { FrameSource } from './frame-source.ts';
import { readStream, type StreamReader } from './read-stream.ts';

export interface ServerFramesOptions {
  readonly clock: Clock;
  readonly transport: Pick<Transport, 'open'>;
  readonly tokens: Pick<TokenSource, 'get'>;
  /** The stream, and the same as pages. */
  readonly routes: { readonly stream: string; readonly poll: string };
}

/** What was learned of the way to the server. */
export interface Way {
  /** No stream gets through: until then pages are asked for, as epoch milliseconds. */
  pollUntil: number;
  /** Streams in a row that ended at once. */
  shortLives: number;
}

const load = () => import('./long-poll.ts');

/** A proxy that holds the stream back gives nothing, not even the headers, for as long. */
const firstBytesMs = 5000;
/** So many streams in a row that end sooner than this are cut by something on the way. */
const mostShortLives = 3;
const shortLifeMs = 1000;

/** The server's frames, as a stream or, where something on the way lets none through, as pages that are waited for. */
export function serverFrames(options: ServerFramesOptions): FrameSource {
  const { clock, transport, tokens, routes } = options;
  const way: Way = { pollUntil: 0, shortLives: 0 };

  /** Resolves to `false` when the stream has ended, to `true` when it is held back. */
  const isHeldBack = async (cursor: string | undefined, reader: StreamReader): Promise<boolean> => {
    // However long the host takes for it, that is nothing that a proxy does.
    await tokens.get();
    reader.signal.throwIfAborted();
    const late = new AbortController();
    const signal = AbortSignal.any([reader.signal, late.signal]);
    const timer = new Timer(clock);
    timer.set(firstBytesMs, () => {
      late.abort();
    });
    let openedAt = 0;
    try {
      const { headers, status, body } = await transport.open(routes.stream, { query: { cursor }, signal });
      const isEventStream = headers.get('content-type')?.startsWith('text/event-stream');
      if (signal.aborted || !body || !isEventStream) {
        void body?.cancel().catch(() => undefined);
        throw new ApiError('open the event stream', { status, problem: null });
      }
      openedAt = clock.now();
      const onBytes = () => {
        timer.clear();
        reader.onBytes();
      };
      await readStream(body, { ...reader, signal, onBytes });
    } catch (error) {
      if (!late.signal.aborted) throw error;
    } finally {
      timer.clear();
      // One that was left says nothing of the way.
      if (openedAt && !signal.aborted) way.shortLives = clock.now() - openedAt < shortLifeMs ? way.shortLives + 1 : 0;
    }
    return late.signal.aborted;
  };

  return async (cursor, reader) => {
    let at = cursor;
    for (;;) {
      const canStream = clock.now() >= way.pollUntil && way.shortLives < mostShortLives;
      if (canStream && !(await isHeldBack(at, reader))) return;
      at = await (await load()).longPoll(at, reader, options, way);
    }
  };
}
