import type { Message } from '@prosa/core';
import { openStage, type Stage } from '@prosa/stage';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

/* Gateway and simulator over HTTP, with everything that can go wrong between them at once. */

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const people = 6;
const textsEach = 4;
const textOf = (person: number, index: number) => `Recado ${person}.${index}`;

/** The text of each bubble from the company on the phones, as often as it is there. */
const onPhones = () =>
  stage.simulator.phones.flatMap(({ messages }) =>
    messages.flatMap(({ from, content, status }) => {
      const text = (content as { readonly body?: unknown }).body;
      return from === 'business' && status !== 'failed' && typeof text === 'string' ? [text] : [];
    }),
  );

it('brings every message once, or says why it did not; what Meta takes and drops goes again', async () => {
  const ana = await stage.clientOf({ id: 'ana', name: 'Ana Prado' });
  const phones = Array.from({ length: people }, (_, person) =>
    stage.simulator.phone({ name: `Cliente ${person}`, waId: `5583988${String(200_100 + person)}` }),
  );
  for (const phone of phones) await phone.says('Oi');
  const { data: conversations } = await vi.waitFor(
    async () => {
      const list = await ana.conversations.list({ tab: 'waiting' });
      expect(list.data).toHaveLength(people);
      return list;
    },
    { timeout: 20_000 },
  );
  for (const { id } of conversations) await ana.conversations.accept(id);

  for (const fault of [
    { kind: 'throttle', times: 3 },
    { kind: 'throttle', code: 131056, times: 2 },
    { kind: 'server_error', status: 503, times: 2 },
    { kind: 'lost_answer', mode: 'drop', times: 2 },
    { kind: 'fail_message', code: 130429, times: 2 },
    { kind: 'fail_message', code: 131016, times: 2 },
    { kind: 'fail_message', code: 131026 },
    { kind: 'duplicate_webhook', copies: 3, times: 20 },
    { kind: 'reorder_statuses', times: 8 },
    { kind: 'webhook_down', times: 6 },
    { kind: 'cut_webhook', times: 3 },
  ] as const)
    stage.simulator.faults.add(fault);
  await Promise.all([
    ...conversations.map(async ({ id }, person) => {
      for (let index = 0; index < textsEach; index++)
        await ana.messages.send(id, { type: 'text', text: textOf(person, index) });
    }),
    ...phones.map(async (phone, person) => {
      for (let index = 0; index < textsEach; index++) await phone.says(`Resposta ${person}.${index}`);
    }),
  ]);

  const all = async (): Promise<readonly Message[]> =>
    (await Promise.all(conversations.map(async ({ id }) => (await ana.messages.list(id, { limit: 100 })).data))).flat();
  const wordsOf = ({ content }: Message) => (content.type === 'text' ? content.text : '');
  const ours = (messages: readonly Message[]) => messages.filter((message) => wordsOf(message).startsWith('Recado'));
  const settled = await vi.waitFor(
    async () => {
      stage.simulator.retryWebhooks();
      const messages = await all();
      expect(new Set(messages.map(wordsOf).filter((text) => text.startsWith('Resposta'))).size).toBe(
        people * textsEach,
      );
      for (const { status } of ours(messages)) expect(['delivered', 'failed']).toContain(status);
      return messages;
    },
    { timeout: 150_000, interval: 1000 },
  );

  const replies = settled.map(wordsOf).filter((text) => text.startsWith('Resposta'));
  expect(new Set(replies).size).toBe(replies.length);
  const last = ours(settled).filter(({ id }) => !settled.some(({ resendOf }) => resendOf === id));
  expect(last.filter(({ status }) => status === 'failed').map(({ failure }) => failure?.code)).toEqual(['131026']);
  expect(ours(settled).filter(({ resendOf }) => resendOf !== null)).toHaveLength(4);
  const arrived = last.filter(({ status }) => status === 'delivered').map(wordsOf);
  expect(
    onPhones()
      .filter((text) => text.startsWith('Recado'))
      .toSorted(),
  ).toEqual(arrived.toSorted());
  expect(arrived).toHaveLength(people * textsEach - 1);
}, 240_000);
