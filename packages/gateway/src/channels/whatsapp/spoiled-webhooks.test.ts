import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLog } from '../../log.ts';
import { openDesk, type TestDesk, type TestWorkspace } from '../../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../../testbed/engines.ts';
import { everyKind, pathsOf, replaced } from '../../testbed/every-kind.ts';
import { postWebhook, textMessage } from '../../testbed/webhooks.ts';
import { processDue } from './envelope-worker.ts';

/** Another one is tried with `PROSA_SEED=… vitest run`; what fails names its own. */
const seed = Number(process.env['PROSA_SEED'] ?? 20261121);

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

  it('are answered 200 and taken as far as they go, wherever something else stands than should', async () => {
    const whole = everyKind(workspace.channel.externalId, '10800000000001');
    // What the rest of the webhook hangs on may be spoiled, too, but most of the time something deep is.
    const paths = pathsOf(whole);
    let serial = 0;
    const spoiled = fc.tuple(
      fc.constantFrom(...paths),
      fc.oneof(fc.jsonValue(), fc.constantFrom('\0', '\ud800', 1e308, '9'.repeat(400), {}, [], [null])),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(spoiled, { minLength: 1, maxLength: 3 }), async (changes) => {
        serial += 1;
        const envelope = changes.reduce<unknown>(spoil, whole);
        const id = `wamid.neighbour.${serial}`;
        const metadata = { phone_number_id: workspace.channel.externalId };
        const neighbour = { field: 'messages', value: { metadata, messages: [textMessage(id, 'Oi')] } };
        const entries = (envelope as { entry?: unknown } | null)?.entry;
        const body = {
          object: 'whatsapp_business_account',
          entry: [...(Array.isArray(entries) ? (entries as unknown[]) : [entries]), { id: '1', changes: [neighbour] }],
        };
        expect((await postWebhook(desk, body, { workspace })).status).toBe(200);
        while (await processDue({ db: opened.database, clock: desk.clock, log: silentLog }));
        const { state, error } = await opened.database.read
          .selectFrom('envelopes')
          .select(['state', 'error'])
          .orderBy('id', 'desc')
          .limit(1)
          .executeTakeFirstOrThrow();
        expect([state, error?.includes('failed:') ?? false, error]).toEqual(['processed', false, error]);
        const kept = await opened.database.read
          .selectFrom('messages')
          .select('id')
          .where('providerId', '=', id)
          .execute();
        expect(kept).toHaveLength(1);
      }),
      { seed, numRuns: 60 },
    );
  }, 120_000);
});

/** Paths into what another change has replaced lead nowhere any more. */
function spoil(envelope: unknown, [path, replacement]: readonly [readonly (string | number)[], unknown]): unknown {
  try {
    return replaced(envelope, path, replacement);
  } catch {
    return envelope;
  }
}
