import type { StreamBye, StreamHello } from '@prosa/core/contract';
import { isoTime, second, type Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';
import type { CursorCodec } from './cursor.ts';
import { newsFor } from './news.ts';
import { canResume, newestSeq, readEvents, type EventRow } from './read-log.ts';
import { sseFrame, sseHeartbeat } from './sse.ts';

export const heartbeatSeconds = 15;
/** Readers that lose the server at once come back spread over this long. */
export const reconnectWindowMs = 2000;
const batchSize = 200;

export interface StreamDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly cursors: CursorCodec;
  /** Aborted when the gateway closes. */
  readonly shutdown: AbortSignal;
}

export interface StreamReader {
  readonly workspaceId: string;
  /** Agent or API key: cursors work for nobody else. */
  readonly id: string;
  /** When the token ends, epoch milliseconds; `null` for an API key. */
  readonly expiresAt: number | null;
}

/**
 * The events of a workspace for one reader, from its cursor on. It reads the log as fast as the reader takes it and
 * keeps nothing in memory, so a slow reader only lags behind.
 */
export async function openEventStream(
  deps: StreamDeps,
  reader: StreamReader,
  cursor: string | null,
): Promise<ReadableStream<Uint8Array>> {
  const { db, cursors } = deps;
  const { workspaceId } = reader;
  const news = newsFor(deps, reader, heartbeatSeconds * second);
  const offered = cursor === null ? null : await cursors.decode(cursor, reader.id);
  const resumed = offered !== null && (await canResume(db.read, workspaceId, offered));
  let position = resumed ? offered : await newestSeq(db.read, workspaceId);

  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(encoder.encode(await helloFrame(deps, reader, position, resumed)));
    },
    async pull(controller) {
      for (;;) {
        const rows = await readEvents(db.read, workspaceId, position, batchSize);
        for (const row of rows) {
          position = row.seq;
          controller.enqueue(encoder.encode(await eventFrame(cursors, reader, row)));
          if (deactivates(row, reader)) return end(controller, 'agent_deactivated');
        }
        if (rows.length > 0) return;
        const heard = await news.next();
        if (heard === 'events') continue;
        if (heard === 'silence') return controller.enqueue(encoder.encode(sseHeartbeat));
        return end(controller, heard);
      }
    },
    cancel() {
      news.stop();
    },
  });

  function end(controller: ReadableStreamDefaultController<Uint8Array>, reason: StreamBye['reason']): void {
    news.stop();
    const bye: StreamBye = { reason, reconnectWindowMs };
    controller.enqueue(encoder.encode(sseFrame('bye', bye)));
    controller.close();
  }
}

async function helloFrame({ clock, cursors }: StreamDeps, reader: StreamReader, position: number, resumed: boolean) {
  const hello: StreamHello = {
    cursor: await cursors.encode(position, reader.id),
    resumed,
    heartbeatSeconds,
    reconnectWindowMs,
    serverTime: isoTime(clock.now()),
  };
  return sseFrame('hello', hello, hello.cursor);
}

async function eventFrame(cursors: CursorCodec, reader: StreamReader, row: EventRow): Promise<string> {
  const cursor = await cursors.encode(row.seq, reader.id);
  const data: unknown = JSON.parse(row.data);
  return sseFrame('event', { type: row.type, cursor, occurredAt: isoTime(row.occurredAt), data }, cursor);
}

function deactivates(row: EventRow, reader: StreamReader): boolean {
  if (row.type !== 'agent.updated') return false;
  const { agent } = JSON.parse(row.data) as { agent: { id: string; active: boolean } };
  return agent.id === reader.id && !agent.active;
}
