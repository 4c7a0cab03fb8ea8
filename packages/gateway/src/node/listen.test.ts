import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { createGate } from '../testbed/gate.ts';
import { listen } from './listen.ts';

const anywhere = { host: '127.0.0.1', port: 0 };

it('closes connections that nothing was asked on, and finishes what was', async () => {
  const asked = createGate();
  const mayAnswer = createGate();
  const listener = await listen(async () => {
    asked.open();
    await mayAnswer.opened;
    return new Response('done');
  }, anywhere);
  const spare = connect(Number(new URL(listener.url).port), anywhere.host);
  await once(spare, 'connect');
  const gone = once(spare, 'close');
  const answer = fetch(listener.url);
  await asked.opened;
  const closed = listener.close({ deadlineMs: 60_000 });
  await gone;
  mayAnswer.open();
  expect(await (await answer).text()).toBe('done');
  await closed;
});

it('cuts what does not end in time', async () => {
  const asked = createGate();
  const listener = await listen(() => {
    asked.open();
    return new Promise<Response>(() => undefined);
  }, anywhere);
  const answer = fetch(listener.url).catch(() => 'cut');
  await asked.opened;
  await listener.close({ deadlineMs: 20 });
  expect(await answer).toBe('cut');
});
