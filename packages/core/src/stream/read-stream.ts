import { createParser } from 'eventsource-parser';
import { readFrame, type Frame } from './frames.ts';

/** More than any entity can be. */
const maxFrameCharacters = 8 * 1024 * 1024;

export interface StreamReader {
  readonly signal: AbortSignal;
  /** Bytes came, be it a comment. */
  readonly onBytes: () => void;
  readonly onFrame: (frame: Frame) => void;
  /** A frame was too large to be read. */
  readonly onOverflow: () => void;
}

/** Reads frames until the stream ends or the signal is aborted. */
export async function readStream(
  body: ReadableStream<Uint8Array>,
  { signal, onBytes, onFrame, onOverflow }: StreamReader,
): Promise<void> {
  const parser = createParser({
    maxBufferSize: maxFrameCharacters,
    onEvent(message) {
      const frame = signal.aborted ? null : readFrame(message);
      if (frame) onFrame(frame);
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') onOverflow();
    },
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
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}
