import { expect, it } from 'vitest';
import { record } from '../testing/connected-client.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { ScriptedLog } from '../testing/scripted-log.ts';
import type { Frame } from './frames.ts';
import './long-poll.ts';
import { readStream } from './read-stream.ts';

const encoder = new TextEncoder();

/** A replay of the log after a cursor, as bytes. */
function bytesAfter(cursor: number, texts: readonly string[]): Uint8Array<ArrayBuffer> {
  const hello = `id: ${cursor}\nevent: hello\ndata: {"cursor":"${cursor}","resumed":true}\n\n`;
  const rest = texts.slice(cursor).map((text, index) => {
    const id = cursor + index + 1;
    return `id: ${id}\nevent: event\ndata: ${JSON.stringify({ type: 'message.created', data: { text } })}\n\n`;
  });
  return encoder.encode([hello, ':\r\n\r\n', ...rest].join(''));
}

async function read(bytes: Uint8Array<ArrayBuffer>, onFrame: (frame: Frame) => void): Promise<void> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const { signal } = new AbortController();
  await readStream(body, { signal, onBytes: () => undefined, onFrame });
}

it('a stream that is cut at any byte, even within a letter, and resumed, tells each event once and whole', async () => {
  const texts = ['Olá, tudo bem?', 'Não 👍🏽', 'linha\nlinha\r\n', '“fim”'];
  const whole = bytesAfter(0, texts);
  for (let cut = 0; cut <= whole.length; cut++) {
    const told: unknown[] = [];
    let cursor = 0;
    const onFrame = (frame: Frame) => {
      if (frame.kind !== 'event') return;
      cursor = Number(frame.cursor);
      told.push((frame.event.data as unknown as { text: string }).text);
    };
    await read(whole.slice(0, cut), onFrame);
    await read(bytesAfter(cursor, texts), onFrame);
    expect([cut, told]).toEqual([cut, texts]);
  }
});

/** Numbers that look like chance and are the same in every run. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

it.each(['sse', 'poll'] as const)(
  'a link that is cut a thousand times at any byte while ten events a second come: every client has them all, in order, within five seconds of the last (%s)',
  async (transport) => {
    const chance = chanceFrom(42);
    const clients = [1, 2].map(() => {
      const { server, clock, client } = scriptedClient();
      const log = new ScriptedLog(server, clock);
      log.isHeldBack = transport === 'poll';
      return { clock, client, log, seen: record(client), gaps: 0 };
    });
    for (const each of clients) {
      each.client.on('discontinuity', () => each.gaps++);
      await each.clock.advance(6000);
    }
    for (const { clock, client, log, seen } of clients) {
      for (let cuts = 0; cuts < 500; cuts++) {
        // The connection that begins lets so much through, and then breaks by itself.
        log.cutAfter = Math.floor(chance() * 3000);
        await log.cut();
        for (let tenths = 0; tenths < 4; tenths++) {
          log.push();
          await clock.advance(100);
        }
      }
      log.cutAfter = Infinity;
      await log.cut();
      while (client.connection.current.state !== 'connected') await clock.advance(250);
      await clock.advance(5000);
      expect(seen).toEqual(log.cursors);
      expect(log.cursors).toHaveLength(2000);
    }
    expect(clients.map(({ gaps }) => gaps)).toEqual([0, 0]);
    for (const { client } of clients) client.destroy();
  },
  180_000,
);
