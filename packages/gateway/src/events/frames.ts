import type { FramePage, StreamBye, StreamHello } from '@prosa/core/contract';
import { isoTime } from '../clock.ts';
import type { WakeSignal } from '../store/database.ts';
import type { StreamDeps } from './stream.ts';
import type { StreamView, ViewEvent } from './view.ts';

/** What a reader is told, by a stream or in a page. */
export type StreamFrame = FramePage['frames'][number];

export const heartbeatSeconds = 15;

export async function helloFrame(
  { clock, cursors, readers }: StreamDeps,
  { readerId }: StreamView,
  position: number,
  resumed: boolean,
): Promise<StreamFrame> {
  const hello: StreamHello = {
    cursor: await cursors.encode(position, readerId),
    resumed,
    heartbeatSeconds,
    reconnectWindowMs: readers.helloWindowMs(),
    serverTime: isoTime(clock.now()),
  };
  return { event: 'hello', id: hello.cursor, data: hello };
}

export async function eventFrame(
  { cursors }: StreamDeps,
  { readerId }: StreamView,
  { type, seq, occurredAt, data }: ViewEvent,
): Promise<StreamFrame> {
  const cursor = await cursors.encode(seq, readerId);
  return { event: 'event', id: cursor, data: { type, cursor, occurredAt: isoTime(occurredAt), data } };
}

/** Moves the cursor past what is not for this reader, whether there was any or not. */
export async function skipFrame(
  { cursors }: StreamDeps,
  { readerId }: StreamView,
  position: number,
): Promise<StreamFrame> {
  return { event: 'skip', id: await cursors.encode(position, readerId), data: {} };
}

export function signalFrame(signal: WakeSignal): StreamFrame {
  return { event: 'signal', data: { ...signal } };
}

export function byeFrame({ readers }: StreamDeps, reason: StreamBye['reason']): StreamFrame {
  const bye: StreamBye = { reason, reconnectWindowMs: readers.byeWindowMs() };
  return { event: 'bye', data: bye };
}
