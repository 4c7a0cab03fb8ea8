import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../log.ts';
import type { Database } from '../../store/database.ts';
import { openDesk, type TestDesk, type TestWorkspace } from '../../testing/desk.ts';
import { forEachEngine, type OpenDatabase } from '../../testing/engines.ts';
import { envelopeOf, postWebhook, textMessage } from '../../testing/webhooks.ts';
import { processDue } from './envelope-worker.ts';

class Collision extends Error {
  override readonly name = 'Collision';
}

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    await postWebhook(desk, envelopeOf(workspace, { messages: [textMessage('wamid.a', 'Oi')] }), { workspace });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  /** Another writer wins `times` times: a contact, a protocol, anything unique. */
  const colliding = (times: number): Database => {
    let left = times;
    return new Proxy(opened.database, {
      get(target, property) {
        if (property === 'isUniqueViolation') return (error: unknown) => error instanceof Collision;
        if (property === 'transaction') {
          return (work: Parameters<Database['transaction']>[0]) =>
            target.transaction(async (tx) => {
              const result = await work(tx);
              const messages = await tx.selectFrom('messages').select('id').execute();
              if (messages.length > 0 && left-- > 0) throw new Collision();
              return result;
            });
        }
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
  const process = (db: Database) => processDue({ db, clock: desk.clock, log: silentLog });
  const received = async () =>
    (
      await opened.database.read
        .selectFrom('messages')
        .select('providerId')
        .where('direction', '=', 'inbound')
        .execute()
    ).length;
  const envelope = () => opened.database.read.selectFrom('envelopes').selectAll().executeTakeFirstOrThrow();

  it('tries an item again that lost a race, because what it lost to may be another thing', async () => {
    await process(colliding(2));
    expect(await received()).toBe(1);
    expect(await envelope()).toMatchObject({ state: 'processed', error: null });
  });

  it('says so when an item cannot be taken, and keeps what came', async () => {
    await process(colliding(1000));
    expect(await received()).toBe(0);
    expect(await envelope()).toMatchObject({ state: 'processed', error: expect.stringContaining('failed') as string });
  });
});
