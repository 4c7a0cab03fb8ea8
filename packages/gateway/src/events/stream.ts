import type { StreamBye } from '@prosa/core/contract';
import { second, type Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';
import { beginOf } from './begin.ts';
import type { CursorCodec } from './cursor.ts';
import { byeFrame, eventFrame, heartbeatSeconds, helloFrame, signalFrame, skipFrame } from './frames.ts';
import { newsFor } from './news.ts';
import type { Readers } from './readers.ts';
import { sseFrame, sseHeartbeat } from './sse.ts';
import type { StreamView } from './view.ts';

/** Whoever takes nothing for so long is told to come back: it would count as there, and may be a page that froze. */
export const slowReaderMs = 60 * second;

export interface StreamDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly cursors: CursorCodec;
  readonly readers: Readers;
  /** Aborted when the gateway closes. */
  readonly shutdown: AbortSignal;
}

/**
 * The events of a workspace as one reader sees them, from its cursor on. It reads the log as fast as the reader takes it
 * and keeps nothing in memory, so a slow reader only lags behind.
 * @param onEnd called once nothing more will be read, for whatever reason
 */
export async function openEventStream(
  deps: StreamDeps,
  view: StreamView,
  cursor: string | null,
  onEnd: () => void = () => undefined,
): Promise<ReadableStream<Uint8Array>> {
  const news = newsFor(deps, view, heartbeatSeconds * second);
  const leave = deps.readers.enter();
  let isOver = false;
  let slowTimer: ReturnType<typeof setTimeout> | undefined;
  const { resumed, ...begin } = await orStop(() => beginOf(deps, view, cursor));
  let { position } = begin;

  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    start: (controller) =>
      orStop(async () => {
        controller.enqueue(encoder.encode(sseFrame(await helloFrame(deps, view, position, resumed))));
        expectReading(controller);
      }),
    async pull(controller) {
      clearTimeout(slowTimer);
      await orStop(() => pull(controller));
      expectReading(controller);
    },
    cancel: stop,
  });

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const send = (text: string) => controller.enqueue(encoder.encode(text));
    while (!isOver) {
      // Also while there is always more to tell.
      const why = news.over();
      if (why !== null) return end(controller, why);
      const batch = await view.read(position);
      for (const event of batch.events) send(sseFrame(await eventFrame(deps, view, event)));
      position = batch.position;
      if (batch.end) return end(controller, batch.end);
      if (batch.events.length > 0) return;
      if (batch.more) continue;
      const heard = await news.next();
      // The reader has gone while there was nothing to tell.
      if (isOver) return;
      if (heard === 'events') continue;
      if (heard === 'silence') {
        return send(view.partial ? sseFrame(await skipFrame(deps, view, position)) : sseHeartbeat);
      }
      if (heard !== 'signals') return end(controller, heard);
      for (const signal of news.takeSignals()) send(sseFrame(signalFrame(signal)));
      return;
    }
  }

  function expectReading(controller: ReadableStreamDefaultController<Uint8Array>): void {
    clearTimeout(slowTimer);
    if (!isOver) slowTimer = setTimeout(() => end(controller, 'slow_reader'), slowReaderMs);
  }

  function end(controller: ReadableStreamDefaultController<Uint8Array>, reason: StreamBye['reason']): void {
    stop();
    controller.enqueue(encoder.encode(sseFrame(byeFrame(deps, reason))));
    controller.close();
  }

  function stop(): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(slowTimer);
    news.stop();
    leave();
    onEnd();
  }

  /** A stream that fails is told nothing more, and must not go on listening. */
  async function orStop<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      stop();
      throw error;
    }
  }
}
