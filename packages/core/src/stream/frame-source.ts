import type { StreamReader } from './read-stream.ts';

/**
 * Where frames come from: the server, or the tab that holds the stream. It resolves when there are no more, and rejects
 * when there cannot be any; the first frame is a `hello`, and another one may follow where it goes on elsewhere.
 */
export type FrameSource = (cursor: string | undefined, reader: StreamReader) => Promise<void>;
