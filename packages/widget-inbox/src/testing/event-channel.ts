import {
  byeSchema,
  eventSchemas,
  helloSchema,
  signalSchemas,
  type EventData,
  type EventType,
  type SignalData,
  type SignalType,
} from '@prosa/core/contract';

/** The stream of events of a scripted gateway: Server-Sent Events over a body that never ends by itself. */
export class EventChannel {
  readonly #readers = new Set<ReadableStreamDefaultController<Uint8Array>>();
  readonly #encoder = new TextEncoder();
  /** How far the gateway's clock is ahead of that of the page. */
  aheadMs = 0;
  #cursor = 0;
  /** What was told while nobody listened: the next one gets it first. */
  #missed: (readonly [frame: object, cursor: string])[] = [];

  get readerCount(): number {
    return this.#readers.size;
  }

  open(signal: AbortSignal | null | undefined): Response {
    let reader: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        reader = controller;
        this.#readers.add(controller);
        const hello = helloSchema.parse({
          cursor: `c${this.#cursor - this.#missed.length}`,
          resumed: true,
          heartbeatSeconds: 3600,
          reconnectWindowMs: 1,
          serverTime: new Date(Date.now() + this.aheadMs).toISOString(),
        });
        this.#write(controller, 'hello', hello);
        for (const [frame, cursor] of this.#missed.splice(0)) this.#write(controller, 'event', frame, cursor);
      },
      cancel: () => {
        if (reader) this.#readers.delete(reader);
      },
    });
    signal?.addEventListener('abort', () => {
      if (!reader || !this.#readers.delete(reader)) return;
      reader.error(signal.reason);
    });
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  }

  push<Type extends EventType>(type: Type, data: EventData[Type]): void {
    const cursor = `c${++this.#cursor}`;
    eventSchemas[type].parse(data);
    const frame = { type, cursor, occurredAt: new Date().toISOString(), data };
    if (this.#readers.size === 0) this.#missed.push([frame, cursor]);
    for (const reader of this.#readers) this.#write(reader, 'event', frame, cursor);
  }

  /** Tells whoever listens now; nobody gets it later. */
  signal<Type extends SignalType>(type: Type, data: SignalData[Type]): void {
    signalSchemas[type].parse(data);
    for (const reader of this.#readers) this.#write(reader, 'signal', { type, data });
  }

  /** Ends every stream, as a server does that goes away. */
  drop(): void {
    for (const reader of this.#readers) {
      this.#write(reader, 'bye', byeSchema.parse({ reason: 'shutdown', reconnectWindowMs: 1 }));
      reader.close();
    }
    this.#readers.clear();
  }

  #write(reader: ReadableStreamDefaultController<Uint8Array>, event: string, data: unknown, id?: string): void {
    const lines = [`event: ${event}`, ...(id === undefined ? [] : [`id: ${id}`]), `data: ${JSON.stringify(data)}`];
    reader.enqueue(this.#encoder.encode(`${lines.join('\n')}\n\n`));
  }
}
