/** Loaded when something on the way to the server holds the stream back. */
import { readJson } from '../client/read-answer.ts';
import { sleep } from '../client/sleep.ts';
import type { FramePage } from '../contract/index.ts';
import { ApiError } from '../errors/api-error.ts';
import { ConnectionError } from '../errors/local-errors.ts';
import { readFrame } from './frames.ts';
import type { StreamReader } from './read-stream.ts';
import type { ServerFramesOptions, Way } from './server-frames.ts';

/** Less than proxies wait for an answer, and than the stream may be silent. */
const longestWaitSeconds = 20;
/** A server, or something on the way, that answers at once with nothing. */
const leastMs = 1000;
/** Then the stream is tried again: the page may be on another network by now. */
const pollForMs = 10 * 60_000;

/**
 * Reads pages of frames, one after the other, as if they were a stream, until it is time to try the stream again.
 * Resolves to the cursor from which it goes on.
 */
export async function longPoll(
  cursor: string | undefined,
  { signal, onBytes, onFrame }: StreamReader,
  { clock, transport, routes }: Pick<ServerFramesOptions, 'clock' | 'transport' | 'routes'>,
  way: Way,
): Promise<string | undefined> {
  let at = cursor;
  let isGreeted = false;
  // Should this way be none either, the stream is tried again.
  way.shortLives = 0;
  while (!isGreeted || clock.now() < way.pollUntil) {
    const askedAt = clock.now();
    // The first one at once: whoever looks should see that there is a connection.
    const waitSeconds = isGreeted ? longestWaitSeconds : 0;
    const page = await pageOf(transport.open(routes.poll, { query: { cursor: at, waitSeconds }, signal }));
    signal.throwIfAborted();
    onBytes();
    for (const raw of page.frames) {
      const frame = readFrame(raw);
      if (frame?.kind !== 'hello') {
        if (frame) onFrame(frame);
      } else if (!isGreeted || !frame.resumed) {
        onFrame({ ...frame, transport: 'poll' });
      }
      signal.throwIfAborted();
    }
    at = page.cursor;
    onFrame({ kind: 'skip', cursor: at });
    if (askedAt >= way.pollUntil) way.pollUntil = askedAt + pollForMs;
    if (isGreeted && page.frames.length < 2 && clock.now() - askedAt < leastMs) await sleep(clock, leastMs, signal);
    signal.throwIfAborted();
    isGreeted = true;
  }
  return at;
}

async function pageOf(asked: Promise<Response>): Promise<FramePage> {
  try {
    return (await readJson(await asked, 'read the events')) as FramePage;
  } catch (error) {
    // A gateway of before: that is no reason to give up for good.
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    throw new ConnectionError(
      'unable to keep the event stream open; a proxy holds it back, and the gateway is too old to do without',
      error,
      'connection_lost',
    );
  }
}
