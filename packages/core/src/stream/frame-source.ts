import { ApiError } from '../errors/api-error.ts';
import { readStream, type StreamReader } from './read-stream.ts';

/**
 * Where frames come from: the server, or the tab that holds the stream. It resolves when there are no more, and rejects
 * when there cannot be any; the first frame is a `hello`, and another one may follow where it goes on elsewhere.
 */
export type FrameSource = (cursor: string | undefined, reader: StreamReader) => Promise<void>;

/** @param open asks the server for the stream */
export function serverFrames(
  open: (cursor: string | undefined, signal: AbortSignal) => Promise<Response>,
): FrameSource {
  return async (cursor, reader) => {
    const { headers, status, body } = await open(cursor, reader.signal);
    const isEventStream = headers.get('content-type')?.startsWith('text/event-stream');
    if (reader.signal.aborted || !body || !isEventStream) {
      void body?.cancel().catch(() => undefined);
      throw new ApiError('open the event stream', { status, problem: null });
    }
    await readStream(body, reader);
  };
}
