import type { StreamBye, StreamHello } from '@prosa/core/contract';
import { isoTime, second, type Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';
import type { CursorCodec } from './cursor.ts';
import { newsFor } from './news.ts';
import { canResume, newestSeq } from './read-log.ts';
import { sseFrame, sseHeartbeat } from './sse.ts';
import type { StreamView, ViewEvent } from './view.ts';

export const heartbeatSeconds = 15;
/** Readers that lose the server at once come back spread over this long. */
export const reconnectWindowMs = 2000;

export interface StreamDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly cursors: CursorCodec;
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
  const { cursors } = deps;
  const news = newsFor(deps, view, heartbeatSeconds * second);
  let isOver = false;
  const { resumed, ...begin } = await orStop(() => beginOf(deps, view, cursor));
  let { position } = begin;

  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    start: (controller) =>
      orStop(async () => {
        controller.enqueue(encoder.encode(await helloFrame(deps, view, position, resumed)));
      }),
    pull: (controller) => orStop(() => pull(controller)),
    cancel: stop,
  });

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const send = (frame: string) => controller.enqueue(encoder.encode(frame));
    while (!isOver) {
      const batch = await view.read(position);
      for (const event of batch.events) send(await eventFrame(cursors, view, event));
      position = batch.position;
      if (batch.end) return end(controller, batch.end);
      if (batch.events.length > 0) return;
      if (batch.more) continue;
      const heard = await news.next();
      // The reader has gone while there was nothing to tell.
      if (isOver) return;
      if (heard === 'events') continue;
      if (heard === 'silence') return send(view.partial ? await skipFrame(cursors, view, position) : sseHeartbeat);
      if (heard !== 'signals') return end(controller, heard);
      for (const signal of news.takeSignals()) send(sseFrame('signal', signal));
      return;
    }
  }

  function end(controller: ReadableStreamDefaultController<Uint8Array>, reason: StreamBye['reason']): void {
    stop();
    const bye: StreamBye = { reason, reconnectWindowMs };
    controller.enqueue(encoder.encode(sseFrame('bye', bye)));
    controller.close();
  }

  function stop(): void {
    if (isOver) return;
    isOver = true;
    news.stop();
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

/** Where the reader goes on: after its cursor, or from now on. */
async function beginOf({ db, cursors }: StreamDeps, { workspaceId, readerId }: StreamView, cursor: string | null) {
  const offered = cursor === null ? null : await cursors.decode(cursor, readerId);
  const resumed = offered !== null && (await canResume(db.read, workspaceId, offered));
  return { resumed, position: resumed ? offered : await newestSeq(db.read, workspaceId) };
}

async function helloFrame({ clock, cursors }: StreamDeps, view: StreamView, position: number, resumed: boolean) {
  const hello: StreamHello = {
    cursor: await cursors.encode(position, view.readerId),
    resumed,
    heartbeatSeconds,
    reconnectWindowMs,
    serverTime: isoTime(clock.now()),
  };
  return sseFrame('hello', hello, hello.cursor);
}

async function eventFrame(cursors: CursorCodec, view: StreamView, event: ViewEvent): Promise<string> {
  const { type, data } = event;
  const cursor = await cursors.encode(event.seq, view.readerId);
  return sseFrame('event', { type, cursor, occurredAt: isoTime(event.occurredAt), data }, cursor);
}

/** Moves the cursor past what is not for this reader, whether there was any or not. */
async function skipFrame(cursors: CursorCodec, view: StreamView, position: number): Promise<string> {
  const cursor = await cursors.encode(position, view.readerId);
  return sseFrame('skip', {}, cursor);
}
