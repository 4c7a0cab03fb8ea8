import { paths } from '../contract/paths.ts';
import type { FramePage, StreamBye } from '../contract/index.ts';
import { settle, type ManualClock } from './manual-clock.ts';
import { conversationOf } from './samples.ts';
import { json, type ScriptedRequest, type ScriptedServer } from './scripted-server.ts';

type RawFrame = FramePage['frames'][number];

interface Reader {
  tell(frame: RawFrame): void;
  /** The connection breaks. */
  cut(): void;
}

/** How one connection began, from the server's side. */
export interface LogVisit {
  readonly transport: 'sse' | 'poll';
  readonly cursor: string | null;
  readonly resumed: boolean;
  /** Events that it got at once. */
  readonly replayed: number;
}

/** The log of a gateway as its readers meet it: by a stream and in pages, over ways that do what the test says. */
export class ScriptedLog {
  readonly visits: LogVisit[] = [];
  readonly cursors: string[] = [];
  /** Streams are opened, and not a byte of them comes. */
  isHeldBack = false;
  /** Bytes that a connection that begins lets through before it breaks. */
  cutAfter = Infinity;
  reconnectWindowMs = 2000;
  readonly #server: ScriptedServer;
  readonly #clock: ManualClock;
  readonly #events: RawFrame[] = [];
  readonly #readers = new Set<Reader>();
  #epoch = 1;
  /** Events before this one are not kept any more. */
  #keptFrom = 0;

  constructor(server: ScriptedServer, clock: ManualClock) {
    this.#server = server;
    this.#clock = clock;
    this.serve();
  }

  /** Answers both routes, as it does from the beginning. */
  serve(): void {
    this.#server.always(paths.events.stream, (request) => this.#stream(request));
    this.#server.always(paths.events.poll, (request) => this.#poll(request));
  }

  get readerCount(): number {
    return this.#readers.size;
  }

  /** Something happens. */
  push(data: unknown = { conversation: conversationOf(this.#events.length + 1) }): string {
    const cursor = this.#cursorAt(this.#events.length + 1);
    const frame = { type: 'conversation.created', cursor, occurredAt: '2026-11-20T12:00:00.000Z', data };
    this.pushFrame({ event: 'event', id: cursor, data: frame });
    this.cursors.push(cursor);
    return cursor;
  }

  /** Whatever a server of another version may have in its log. */
  pushFrame(frame: Omit<RawFrame, 'event'> & { readonly event: string }): void {
    const cursor = this.#cursorAt(this.#events.length + 1);
    const told = { ...frame, id: cursor } as RawFrame;
    this.#events.push(told);
    this.#tell(told);
  }

  /** Tells who listens, and keeps nothing. */
  signal(data: Record<string, unknown>): void {
    this.#tell({ event: 'signal', data });
  }

  bye(reason: StreamBye['reason'], reconnectWindowMs = this.reconnectWindowMs): void {
    this.#tell({ event: 'bye', data: { reason, reconnectWindowMs } });
  }

  /** Every connection breaks. */
  async cut(): Promise<void> {
    for (const reader of [...this.#readers]) reader.cut();
    await settle();
  }

  /** The oldest events are gone. */
  forget(): void {
    this.#keptFrom = this.#events.length;
  }

  /** As after a backup was restored: cursors of before mean nothing. */
  startEpoch(): void {
    this.#epoch++;
  }

  #tell(frame: RawFrame): void {
    for (const reader of [...this.#readers]) reader.tell(frame);
  }

  #cursorAt(seq: number): string {
    return `e${this.#epoch}.${seq}`;
  }

  #begin(transport: LogVisit['transport'], { query }: ScriptedRequest) {
    const cursor = query.get('cursor');
    const [, epoch, seq] = /^e(\d+)\.(\d+)$/.exec(cursor ?? '') ?? [];
    const from = Number(seq);
    const resumed = Number(epoch) === this.#epoch && from >= this.#keptFrom && from <= this.#events.length;
    const position = resumed ? from : this.#events.length;
    const missed = this.#events.slice(position);
    this.visits.push({ transport, cursor, resumed, replayed: missed.length });
    const { reconnectWindowMs } = this;
    const at = this.#cursorAt(position);
    const serverTime = '2026-11-20T12:00:00.000Z';
    const data = { cursor: at, resumed, heartbeatSeconds: 20, reconnectWindowMs, serverTime };
    return { resumed, frames: [{ event: 'hello', id: at, data } satisfies RawFrame, ...missed] };
  }

  #stream(request: ScriptedRequest): Response | Promise<Response> {
    if (this.isHeldBack) return new Promise(() => undefined);
    const { frames } = this.#begin('sse', request);
    return this.#respond('text/event-stream', (write, end) => {
      const reader: Reader = {
        tell(frame) {
          write(textOf(frame));
          if (frame.event === 'bye') end();
        },
        cut: () => end(new TypeError('network error')),
      };
      for (const frame of frames) reader.tell(frame);
      return reader;
    });
  }

  #poll(request: ScriptedRequest): Response | Promise<Response> {
    const { resumed, frames } = this.#begin('poll', request);
    const answer = (told: readonly RawFrame[]) => {
      const page = { cursor: this.#cursorAt(this.#events.length), frames: told } satisfies FramePage;
      if (this.cutAfter === Infinity) return json(page);
      return this.#respond('application/json', (write, end) => {
        write(JSON.stringify(page));
        end();
        return { tell: () => undefined, cut: () => undefined };
      });
    };
    const waitMs = Number(request.query.get('waitSeconds') ?? 20) * 1000;
    if (frames.length > 1 || !resumed || waitMs === 0) return answer(frames);
    return new Promise((resolve, reject) => {
      const finish = (told: readonly RawFrame[]) => {
        this.#readers.delete(reader);
        this.#clock.clearTimeout(timer);
        resolve(answer(told));
      };
      const timer = this.#clock.setTimeout(() => finish(frames), waitMs);
      const reader: Reader = {
        tell: (frame) => finish([...frames, frame]),
        cut: () => {
          this.#readers.delete(reader);
          this.#clock.clearTimeout(timer);
          reject(new TypeError('network error'));
        },
      };
      this.#readers.add(reader);
      request.signal?.addEventListener('abort', () => reader.cut());
    });
  }

  /** A body that breaks where the test says. */
  #respond(type: string, start: (write: (text: string) => void, end: (error?: Error) => void) => Reader): Response {
    let left = this.cutAfter;
    let reader: Reader | null = null;
    let isOver = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const end = (error?: Error) => {
          if (isOver) return;
          isOver = true;
          if (reader) this.#readers.delete(reader);
          if (error) controller.error(error);
          else controller.close();
        };
        const write = (text: string) => {
          if (isOver) return;
          const bytes = new TextEncoder().encode(text);
          if (left > 0) controller.enqueue(bytes.slice(0, left));
          left -= bytes.length;
          // What was sent is on its way: it arrives before the connection breaks.
          if (left < 0) {
            isOver = true;
            if (reader) this.#readers.delete(reader);
            setTimeout(() => controller.error(new TypeError('network error')));
          }
        };
        reader = start(write, end);
        if (!isOver) this.#readers.add(reader);
      },
      cancel: () => {
        isOver = true;
        if (reader) this.#readers.delete(reader);
      },
    });
    return new Response(body, { headers: { 'content-type': type } });
  }
}

function textOf({ event, id, data }: RawFrame): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
