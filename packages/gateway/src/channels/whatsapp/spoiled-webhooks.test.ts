import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLog } from '../../log.ts';
import { openDesk, type TestDesk, type TestWorkspace } from '../../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../../testbed/engines.ts';
import { everyKind } from '../../testbed/every-kind.ts';
import { spoilers, spoilt } from '../../testbed/spoil.ts';
import { marinaWaId, postWebhook } from '../../testbed/webhooks.ts';
import { processDue } from './envelope-worker.ts';

/**
 * Others are tried with `PROSA_SEED=… PROSA_RUNS=… vitest run`; what fails names its own. By default few enough to be run
 * with everything else.
 */
const seed = Number(process.env['PROSA_SEED'] ?? 20261121);
const runs = Number(process.env['PROSA_RUNS'] ?? 80);

interface Change {
  readonly field: string;
  readonly value: Readonly<Record<string, unknown>>;
}

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  beforeAll(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
  });
  afterAll(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const work = async () => {
    while (await processDue({ db: opened.database, clock: desk.clock, log: silentLog }));
  };

  it(
    'are answered 200, kept as they came, and taken as far as they go, once, whatever is spoilt in them',
    async () => {
      const metadata = { phone_number_id: workspace.channel.externalId, display_phone_number: '558330001000' };
      const account = '10800000000001';
      const whole = everyKind(workspace.channel.externalId, account) as { entry: [{ changes: Change[] }] };
      const { changes: kinds } = whole.entry[0];
      let serial = 0;
      const shape = fc.record({
        /** Which changes, in which order, how many to an entry. */
        changes: fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 6 }),
        perEntry: fc.integer({ min: 1, max: 6 }),
        damage: fc.array(spoilers, { minLength: 1, maxLength: 4 }),
        /** Where the neighbour stands, from none of it to all of it before. */
        place: fc.double({ min: 0, max: 1, noNaN: true }),
      });
      await fc.assert(
        fc.asyncProperty(shape, async ({ changes, perEntry, damage, place }) => {
          serial += 1;
          const id = `wamid.neighbour.${serial}`;
          const said = { from: marinaWaId, id, timestamp: '1795200000', type: 'text', text: { body: 'Oi' } };
          const neighbour = { field: 'messages', value: { metadata, messages: [said] } };
          const entries: unknown[] = [];
          for (let start = 0; start < changes.length; start += perEntry) {
            const part = { id: account, time: 1_795_200_000, changes: changes.slice(start, start + perEntry) };
            entries.push(damage.reduce(spoilt, part as unknown));
          }
          entries.splice(Math.round(place * entries.length), 0, { id: account, changes: [neighbour] });
          const body = JSON.stringify({ object: 'whatsapp_business_account', entry: entries });

          // Each comes twice, as Meta repeats it, and once more in other bytes.
          const answers = [body, body, `${body} `].map((text) => postWebhook(desk, text, { workspace }));
          expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200]);
          await work();
          const envelopes = await opened.database.read
            .selectFrom('envelopes')
            .select(['body', 'state', 'error'])
            .where('body', 'like', `%"${id}"%`)
            .execute();
          expect(envelopes.map((envelope) => envelope.body.trim())).toEqual([body, body]);
          for (const { state, error } of envelopes) {
            expect([state, error?.includes('failed:') ?? false, error]).toEqual(['processed', false, error]);
          }
          const kept = await opened.database.read
            .selectFrom('messages')
            .select('type')
            .where('providerId', '=', id)
            .execute();
          expect(kept).toEqual([{ type: 'text' }]);
        }),
        { seed, numRuns: runs },
      );
    },
    60_000 + runs * 1000,
  );

  it('of any bytes at all, signed, are answered 200 and kept', async () => {
    const bytes = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.json(),
      fc.constantFrom('', ' ', 'null', '{', '[[[', '{"entry":', '\ufeff{}', '"\\ud800"', '{"entry":[{"changes":[{'),
      // Deeper than a stack is.
      fc.constantFrom('['.repeat(200_000), '{"entry":'.repeat(50_000), `${'['.repeat(90_000)}${']'.repeat(90_000)}`),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        expect((await postWebhook(desk, body, { workspace })).status).toBe(200);
        await work();
      }),
      { seed, numRuns: runs },
    );
    const waiting = await opened.database.read
      .selectFrom('envelopes')
      .select('id')
      .where('state', '=', 'pending')
      .execute();
    expect(waiting).toEqual([]);
  }, 180_000);
});
