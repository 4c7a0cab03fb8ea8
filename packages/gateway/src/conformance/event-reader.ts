import {
  byeSchema,
  eventSchemas,
  helloSchema,
  signalSchemas,
  streamFrames,
  type EventType,
  type Route,
  type SignalType,
} from '@prosa/core/contract';
import { createParser } from 'eventsource-parser';
import type { Caller, CallInput } from './caller.ts';
import { expectThat, shown, Unmet } from './unmet.ts';

export interface Frame {
  /** `hello`, `event`, `signal`, `skip`, `bye`. */
  readonly name: string;
  readonly id: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Reads an event stream beside everything else. */
export interface EventReader {
  readonly frames: readonly Frame[];
  readonly hello: Frame;
  /** Bytes have come at these times, epoch milliseconds. */
  readonly heardAt: readonly number[];
  /** The first frame that fits, of those that are there or come in time. @param what completes "expected …" */
  until(fits: (frame: Frame) => boolean, what: string): Promise<Frame>;
  /** Waits for the end of the stream. */
  ended(what: string): Promise<void>;
  close(): void;
}

export interface ReaderOptions {
  readonly violations: string[];
  readonly patienceMs: number;
  /** Frames of a visitor are of another schema. */
  readonly isVisitor?: boolean;
}

export async function openEvents(
  caller: Caller,
  route: Route,
  input: CallInput,
  { violations, patienceMs, isVisitor = false }: ReaderOptions,
): Promise<EventReader> {
  const leaving = new AbortController();
  const response = await caller.open(route, { ...input, signal: leaving.signal });
  const type = response.headers.get('content-type') ?? '';
  if (!response.ok || !response.body || !type.startsWith('text/event-stream')) {
    const body = await response.text();
    throw new Unmet(`${route.path} → 200 text/event-stream`, `${response.status} ${type} ${shown(body)}`);
  }
  const frames: Frame[] = [];
  const heardAt: number[] = [Date.now()];
  const waiting = new Set<() => void>();
  let isOver = false;
  const tell = () => {
    for (const wake of [...waiting]) wake();
  };

  const parser = createParser({
    onEvent({ event: name = 'message', id, data: text }) {
      const frame = { name, id, data: dataOf(text) };
      for (const problem of problemsOf(frame, isVisitor)) violations.push(`${route.path}: ${name}: ${problem}`);
      frames.push(frame);
      tell();
    },
  });
  void read(response.body).finally(() => {
    isOver = true;
    tell();
  });

  async function read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    const reader = body.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        heardAt.push(Date.now());
        parser.feed(decoder.decode(value, { stream: true }));
      }
    } catch {
      // Broken off, by us or by them: what has come is there.
    }
  }

  /** @returns whether it came true in time */
  async function inTime(isTrue: () => boolean, ms: number): Promise<boolean> {
    const deadline = Date.now() + ms;
    while (!isTrue() && Date.now() < deadline) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, deadline - Date.now());
        waiting.add(wake);
      });
    }
    return isTrue();
  }

  async function until(fits: (frame: Frame) => boolean, what: string): Promise<Frame> {
    await inTime(() => isOver || frames.some(fits), patienceMs);
    const found = frames.find(fits);
    if (!found) throw new Unmet(`${what} within ${patienceMs / 1000} s`, shown(frames.map(nameOf).join(' ')));
    return found;
  }

  const hello = await until(() => true, 'a first frame');
  expectThat(hello.name === 'hello', 'a first frame that is `hello`', hello);
  return {
    frames,
    hello,
    heardAt,
    until,
    async ended(what) {
      expectThat(await inTime(() => isOver, patienceMs), `the stream to end: ${what}`, 'it goes on');
    },
    close() {
      leaving.abort();
    },
  };
}

/** `event message.created`, for the report. */
export function nameOf({ name, data }: Frame): string {
  return name === 'event' || name === 'signal' ? `${name} ${String(data['type'])}` : name;
}

/** What is wrong with a frame. Names that the contract does not know are of a newer one: they are passed over. */
export function problemsOf({ name, id, data }: Frame, isVisitor = false): readonly string[] {
  const needsId = name === 'hello' || name === 'event' || name === 'skip';
  const problems: string[] = [];
  if (!streamFrames.some((known) => known === name)) return [];
  if (needsId && (id === undefined || id === '')) problems.push('it has no id');
  if (name === 'event' && data['cursor'] !== id) problems.push('its id is not its cursor');
  if (name === 'hello' && data['cursor'] !== id) problems.push('its id is not its cursor');
  const schema = isVisitor && (name === 'event' || name === 'signal') ? undefined : schemaOf(name, data);
  const result = schema?.safeParse(name === 'event' || name === 'signal' ? data['data'] : data);
  for (const { path, message } of result?.error?.issues ?? []) {
    problems.push(`${String(data['type'] ?? '')} ${path.join('.')}: ${message}`);
  }
  return problems;
}

function schemaOf(name: string, data: Frame['data']) {
  if (name === 'hello') return helloSchema;
  if (name === 'bye') return byeSchema;
  if (name === 'event') return eventSchemas[data['type'] as EventType];
  return name === 'signal' ? signalSchemas[data['type'] as SignalType] : undefined;
}

function dataOf(text: string): Frame['data'] {
  try {
    return JSON.parse(text) as Frame['data'];
  } catch {
    throw new Unmet('frames whose data is JSON', shown(text));
  }
}
