import type { FramePage } from '@prosa/core/contract';
import { second } from '../clock.ts';
import { beginOf } from './begin.ts';
import { byeFrame, eventFrame, helloFrame, signalFrame, type StreamFrame } from './frames.ts';
import { newsFor } from './news.ts';
import type { StreamDeps } from './stream.ts';
import type { StreamView } from './view.ts';

export interface PollOptions {
  readonly cursor: string | null;
  readonly waitSeconds: number;
  /** The reader has gone. */
  readonly signal: AbortSignal;
}

/**
 * What a stream would tell next, as an answer that ends: at most one batch of the log. Waits for it where there is nothing
 * yet; a reader that does not resume is answered at once, with the cursor to wait from.
 */
export async function pollEvents(
  deps: StreamDeps,
  view: StreamView,
  { cursor, waitSeconds, signal }: PollOptions,
): Promise<FramePage> {
  const news = newsFor(deps, view, waitSeconds * second);
  const leave = deps.readers.enter();
  signal.addEventListener('abort', news.stop);
  try {
    const { resumed, ...begin } = await beginOf(deps, view, cursor);
    let { position } = begin;
    const frames: StreamFrame[] = [await helloFrame(deps, view, position, resumed)];
    while (!signal.aborted) {
      const batch = await view.read(position);
      for (const event of batch.events) frames.push(await eventFrame(deps, view, event));
      position = batch.position;
      if (batch.end) frames.push(byeFrame(deps, batch.end));
      if (batch.end || batch.events.length > 0) break;
      if (batch.more) continue;
      const heard = resumed ? await news.next() : 'silence';
      if (heard === 'events') continue;
      for (const one of news.takeSignals()) frames.push(signalFrame(one));
      if (heard !== 'signals' && heard !== 'silence') frames.push(byeFrame(deps, heard));
      break;
    }
    return { cursor: await deps.cursors.encode(position, view.readerId), frames };
  } finally {
    signal.removeEventListener('abort', news.stop);
    news.stop();
    leave();
  }
}
