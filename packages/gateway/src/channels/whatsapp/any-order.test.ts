import type { Message } from '@prosa/core/contract';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { settleEarlyChanges } from '../../commands/early-changes.ts';
import { settleEarlyStatuses } from '../../delivery/early-statuses.ts';
import { silentLog } from '../../log.ts';
import { forEachEngine, type OpenDatabase } from '../../testbed/engines.ts';
import { envelopeOf, postWebhook } from '../../testbed/webhooks.ts';
import { openWebhookDesk, type WebhookDesk } from '../../testbed/webhook-desk.ts';
import { processDue } from './envelope-worker.ts';

/**
 * Meta promises neither order nor that anything comes once: whatever the order, the repetitions and the POSTs that carry
 * it, a conversation is the same in the end. `PROSA_SEED` and `PROSA_RUNS` try others.
 */
const seed = Number(process.env['PROSA_SEED'] ?? 20261121);
const runs = Number(process.env['PROSA_RUNS'] ?? 12);

forEachEngine((engine, open) => {
  let opened: OpenDatabase;
  let hook: WebhookDesk;
  beforeAll(async () => {
    opened = await open();
    hook = await openWebhookDesk(opened);
  });
  afterAll(() => hook.close());

  /** Several processes at once, as far as the database can tell. */
  const work = async () => {
    const process = async () => {
      while (await processDue({ db: opened.database, clock: hook.desk.clock, log: silentLog }));
    };
    await Promise.all([process(), process(), process()]);
    await process();
  };
  const post = async (...values: readonly object[]) => {
    const answer = await postWebhook(hook.desk, envelopeOf(hook.workspace, ...values), hook);
    expect(answer.status).toBe(200);
  };

  let serial = 0;

  /** What is said and done in one conversation, each thing as it is posted. */
  async function conversationOf() {
    serial += 1;
    const from = `5583977${String(serial).padStart(6, '0')}`;
    const id = (name: string) => `wamid.${serial}.${name}`;
    const start = Math.floor(hook.desk.clock.now() / 1000) - 600;
    await post({ messages: [{ from, id: id('first'), timestamp: String(start), type: 'text', text: { body: 'Oi' } }] });
    await work();
    const { conversationId } = await row(id('first'));
    await hook.ana.call('POST', `/v1/conversations/${conversationId}/accept`);
    const { body: ours } = await hook.ana.call<Message>('POST', `/v1/conversations/${conversationId}/messages`, {
      type: 'text',
      text: 'Olá!',
    });
    const say = (name: string, seconds: number, said: object) => ({
      messages: [{ from, id: id(name), timestamp: String(start + seconds), ...said }],
    });
    const status = (name: string, seconds: number) => ({
      statuses: [{ id: id('ours'), status: name, timestamp: String(start + seconds), recipient_id: from }],
    });
    const edit = (of: string, body: string) => ({
      type: 'edit',
      edit: { original_message_id: id(of), message: { type: 'text', text: { body } } },
    });
    const react = (of: string, emoji?: string) => ({
      type: 'reaction',
      reaction: { message_id: id(of), ...(emoji !== undefined && { emoji }) },
    });
    const posted: readonly object[] = [
      say('one', 10, { type: 'text', text: { body: 'Um' } }),
      say('two', 20, { type: 'text', text: { body: 'Dois' } }),
      say('three', 30, { type: 'image', image: { id: '27', mime_type: 'image/jpeg' }, errors: [{ code: 131052 }] }),
      say('edit1', 40, edit('one', 'Um!')),
      say('edit2', 60, edit('one', 'Um, afinal')),
      say('react1', 45, react('two', '👍')),
      say('react2', 55, react('two')),
      say('react3', 65, react('two', '🙌')),
      say('gone', 70, { type: 'revoke', revoke: { original_message_id: id('three') } }),
      say('ours-liked', 80, react('ours', '💛')),
      status('sent', 61),
      status('delivered', 62),
      status('read', 63),
    ];
    /** The answer to the send, which brings the id: anything about it may have come before. */
    const answered = async () => {
      const { database, clock } = hook.desk;
      await database.transaction((tx) =>
        tx
          .updateTable('messages')
          .set({ providerId: id('ours') })
          .where('id', '=', ours.id)
          .execute(),
      );
      await settleEarlyStatuses({ db: database, clock });
      await settleEarlyChanges({ db: database, clock });
    };
    return { conversationId, posted, answered, id, ours, start };
  }

  async function row(providerId: string) {
    return await opened.database.read
      .selectFrom('messages')
      .selectAll()
      .where('providerId', '=', providerId)
      .executeTakeFirstOrThrow();
  }

  it(
    'one conversation comes out the same, however its webhooks come',
    async () => {
      const times = fc.record({
        order: fc.shuffledSubarray([...Array(13).keys()], { minLength: 13 }),
        again: fc.array(fc.nat(12), { maxLength: 8 }),
        sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 21, maxLength: 21 }),
        /** Whether everything waits until the end, or is done as it comes. */
        atOnce: fc.boolean(),
        answeredAt: fc.nat(20),
      });
      await fc.assert(
        fc.asyncProperty(times, async ({ order, again, sizes, atOnce, answeredAt }) => {
          const { posted, answered, conversationId, id, ours, start } = await conversationOf();
          const queue = [...order, ...again].map((index) => posted[index] ?? {});
          let done = 0;
          let isAnswered = false;
          for (const size of sizes) {
            if (!isAnswered && done >= answeredAt) {
              await answered();
              isAnswered = true;
            }
            const part = queue.slice(done, done + size);
            if (part.length === 0) break;
            done += part.length;
            await post(...part);
            if (!atOnce) await work();
          }
          if (!isAnswered) await answered();
          await work();
          // What crossed the answer is brought together by the round that comes every ten seconds.
          await settleEarlyStatuses({ db: opened.database, clock: hook.desk.clock });
          await settleEarlyChanges({ db: opened.database, clock: hook.desk.clock });

          const seen = (await hook.said(conversationId)).filter(({ direction }) => direction === 'inbound');
          expect(seen).toHaveLength(4);
          const at = (seconds: number) => new Date((start + seconds) * 1000).toISOString();
          const shown = async (name: string) => {
            const { id: messageId } = await row(id(name));
            const path = `/v1/conversations/${conversationId}/messages/${messageId}`;
            return (await hook.ana.call<Message>('GET', path)).body;
          };
          expect(await shown('one')).toMatchObject({
            content: { text: 'Um, afinal' },
            editedAt: at(60),
            revokedAt: null,
          });
          expect(await shown('two')).toMatchObject({ content: { text: 'Dois' }, reactions: [{ emoji: '🙌' }] });
          expect(await shown('three')).toMatchObject({ content: { type: 'image' }, revokedAt: at(70) });
          expect(await shown('ours')).toMatchObject({
            id: ours.id,
            status: 'read',
            sentAt: at(61),
            deliveredAt: at(62),
            readAt: at(63),
            reactions: [{ emoji: '💛' }],
          });
          for (const table of ['earlyChanges', 'earlyStatuses'] as const) {
            expect(await opened.database.read.selectFrom(table).select('channelId').execute(), table).toEqual([]);
          }
        }),
        { seed, numRuns: engine === 'postgres' ? Math.ceil(runs / 2) : runs },
      );
    },
    30_000 + runs * 5000,
  );

  it('of two things done in one second the one that came last stays, whatever comes again', async () => {
    const { posted, id, conversationId, start } = await conversationOf();
    const [one, two] = posted;
    await post(one ?? {}, two ?? {});
    const from = `5583977${String(serial).padStart(6, '0')}`;
    const done = (name: string, more: object) => ({
      messages: [{ from, id: id(name), timestamp: String(start + 90), ...more }],
    });
    const edit = (name: string, body: string) =>
      done(name, {
        type: 'edit',
        edit: { original_message_id: id('one'), message: { type: 'text', text: { body } } },
      });
    const react = (name: string, emoji?: string) =>
      done(name, { type: 'reaction', reaction: { message_id: id('two'), ...(emoji !== undefined && { emoji }) } });
    const first = [edit('edit-a', 'Quero um'), react('like', '👍')];
    const second = [edit('edit-b', 'Quero dois'), react('unlike')];
    for (const [index, values] of [first, second, first, [...first, ...first]].entries()) {
      await post(...values, { again: index });
      await work();
    }
    const said = await hook.said(conversationId);
    const shown = (text: string) => said.find(({ content }) => 'text' in content && content.text === text);
    expect(shown('Quero dois')).toBeDefined();
    expect(shown('Dois')?.reactions ?? []).toEqual([]);
  });

  it('a thousand updates in one POST, each of them twice in it, and the POST three times, are each one', async () => {
    const at = String(Math.floor(hook.desk.clock.now() / 1000) - 60);
    const messages = Array.from({ length: 400 }, (_, index) => ({
      from: `5583966${String(index % 40).padStart(6, '0')}`,
      id: `wamid.many.${index}`,
      timestamp: at,
      type: 'text',
      text: { body: `Mensagem ${index}` },
    }));
    const reactions = messages.slice(0, 50).map(({ id, from }) => ({
      from,
      id: `${id}.liked`,
      timestamp: at,
      type: 'reaction',
      reaction: { message_id: id, emoji: '👍' },
    }));
    const statuses = Array.from({ length: 50 }, (_, index) => ({
      id: `wamid.x.${index}`,
      status: 'read',
      timestamp: at,
    }));
    const updates = [...reactions, ...messages, ...messages, ...reactions];
    const value = { messages: updates, statuses: [...statuses, ...statuses] };
    await Promise.all([post(value), post({ ...value, again: 1 }), post({ ...value, again: 2 })]);
    await work();
    const many = opened.database.read.selectFrom('messages').where('providerId', 'like', 'wamid.many.%');
    const rows = await many.select(['providerId', 'reactions', 'content']).execute();
    expect(rows.map(({ providerId }) => providerId).toSorted()).toEqual(messages.map(({ id }) => id).toSorted());
    expect(rows.filter(({ reactions: each }) => each?.includes('👍') === true)).toHaveLength(50);
    const early = opened.database.read.selectFrom('earlyStatuses').select('providerId');
    expect(await early.where('providerId', 'like', 'wamid.x.%').execute()).toHaveLength(50);
    const envelopes = await opened.database.read.selectFrom('envelopes').select(['state', 'error']).execute();
    expect(envelopes.filter(({ state, error }) => state !== 'processed' || error !== null)).toEqual([]);
  }, 180_000);
});
