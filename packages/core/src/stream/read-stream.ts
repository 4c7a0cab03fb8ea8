import { readFrame, type Frame } from './frames.ts';
import { createSseParser } from './sse-parser.ts';

/** More than any entity can be. */
const maxFrameCharacters = 8 * 1024 * 1024;

export interface StreamReader {
  readonly signal: AbortSignal;
  /** Bytes came, be it a comment. */
  readonly onBytes: () => void;
  readonly onFrame: (frame: Frame) => void;
}

/**
 * Reads frames until the stream ends or the signal is aborted.
 *
 * @throws RangeError when a frame is too large to be read
 */
export async function readStream(
  body: ReadableStream<Uint8Array>,
  { signal, onBytes, onFrame }: StreamReader,
): Promise<void> {
  const feed = createSseParser(maxFrameCharacters, (message) => {
    const frame = signal.aborted ? null : readFrame(message);
    if (frame) onFrame(frame);
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  const cancel = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return;
      onBytes();
      feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}
