import type { StreamFrame } from './frames.ts';

/** One frame of Server-Sent Events. Its data is JSON, so it has no line breaks. */
export function sseFrame({ event, id, data }: StreamFrame): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** A comment: says that the connection lives. */
export const sseHeartbeat = ':\n\n';

export const sseHeaders = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // `no-transform` and the second header keep proxies from holding the stream back.
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
} as const;
