import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { vi } from 'vitest';

export interface StreamFrame {
  readonly name: string;
  readonly id: string | undefined;
  readonly data: {
    readonly type?: string;
    readonly cursor?: string;
    readonly resumed?: boolean;
    readonly reason?: string;
    readonly data?: unknown;
  };
}

export interface StreamReading {
  readonly frames: readonly StreamFrame[];
  readonly ended: Promise<void>;
  /** Waits until there are so many frames, the greeting among them. */
  until(count: number): Promise<readonly StreamFrame[]>;
  stop(): Promise<void>;
}

/** Reads an event stream beside the test. */
export async function readStream(response: Response): Promise<StreamReading> {
  const frames: StreamFrame[] = [];
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const parser = createParser({
    onEvent: ({ event, id, data }: EventSourceMessage) =>
      void frames.push({ name: event ?? '', id, data: JSON.parse(data) as StreamFrame['data'] }),
  });
  const ended = (async () => {
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
    }
  })();
  const reading: StreamReading = {
    frames,
    ended,
    async until(count) {
      await vi.waitFor(
        () => {
          if (frames.length < count) throw new Error(`${frames.length} of ${count} frames: ${JSON.stringify(frames)}`);
        },
        { timeout: 20_000, interval: 5 },
      );
      return frames;
    },
    async stop() {
      await reader.cancel().catch(() => undefined);
    },
  };
  await reading.until(1);
  return reading;
}
