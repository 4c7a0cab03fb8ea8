/** One frame of Server-Sent Events. `data` is JSON, so it has no line breaks. */
export function sseFrame(name: string, data: unknown, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** A comment: says that the connection lives. */
export const sseHeartbeat = ':\n\n';

export const sseHeaders = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // `no-transform` and the second header keep proxies from holding the stream back.
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
} as const;
