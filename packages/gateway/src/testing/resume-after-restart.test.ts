import type { ProsaClient } from '@prosa/core';
import { createTestGateway, type TestAgent, type TestGateway } from '@prosa/gateway/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let gateway: TestGateway;
let ana: TestAgent;
beforeEach(async () => {
  gateway = await createTestGateway();
  ana = await gateway.createAgent({ name: 'Ana' });
});
afterEach(() => gateway.close());

/** Reads what customers write, as an integration does, until it has read so many. */
async function read(client: ProsaClient, count: number) {
  const seen: { text: string; cursor: string }[] = [];
  const gaps: string[] = [];
  client.on('discontinuity', ({ reason }) => gaps.push(reason));
  const events = client.events({ types: ['message.created'], signal: AbortSignal.timeout(20_000) });
  await client.connection.ready();
  const reading = (async () => {
    for await (const { cursor, data } of events) {
      const { content, direction } = data.message;
      if (direction === 'inbound' && content.type === 'text') seen.push({ text: content.text, cursor });
      if (seen.length === count) return;
    }
  })();
  return { seen, gaps, reading, texts: () => seen.map(({ text }) => text) };
}

const say = (text: string) => gateway.customerSays(text, { name: 'Marina' });

describe('a program that was started again', () => {
  it('goes on after the last event that it dealt with', async () => {
    const before = ana.client();
    const first = await read(before, 1);
    await say('Um');
    await say('Dois');
    await first.reading;
    before.destroy();
    await say('Três');

    const after = await read(ana.client({ cursor: first.seen[0]?.cursor }), 3);
    await say('Quatro');
    await after.reading;
    expect(after.texts()).toEqual(['Dois', 'Três', 'Quatro']);
    expect(after.gaps).toEqual([]);
  });

  it.each(['bm9uc2Vuc2U', ''])(
    'is told when the gateway cannot go on from %j, and hears what comes',
    async (cursor) => {
      const after = await read(ana.client({ cursor }), 1);
      await say('Um');
      await after.reading;
      expect(after.texts()).toEqual(['Um']);
      expect(after.gaps).toEqual(cursor === '' ? [] : ['the server could not resume']);
    },
  );
});
