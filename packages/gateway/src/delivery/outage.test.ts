import type { Message } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { whatsappAdapter } from '../channels/whatsapp/adapter.ts';
import { silentLog } from '../log.ts';
import { DatabaseUnavailableError } from '../store/database-unavailable.ts';
import type { Database } from '../store/database.ts';
import { oldestWaiting, openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { deliveryWorker } from './worker.ts';

/** The database with an outage at its n-th transaction: nothing was committed, or only the answer was lost. */
function withOutage(database: Database, { at, committed }: { at: number; committed: boolean }): Database {
  let count = 0;
  const transaction: Database['transaction'] = async (work) => {
    const isOut = count++ === at;
    const away = new DatabaseUnavailableError('unreachable', new Error('the server went away'));
    if (isOut && !committed) throw away;
    const result = await database.transaction(work);
    if (isOut) throw away;
    return result;
  };
  return new Proxy(database, {
    get(target, name) {
      if (name === 'transaction') return transaction;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let left: number;
  let stop: () => Promise<void>;

  const graph: typeof fetch = async () => {
    left += 1;
    return Response.json({ messages: [{ id: `wamid.out${left}` }] });
  };

  beforeEach(async () => {
    opened = await open();
    left = 0;
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana');
  });
  afterEach(async () => {
    await stop();
    await desk.gateway.close();
    await opened.close();
  });

  // The first transactions of a worker look for leases, claim, begin the call and write down what came of it.
  const outages = [0, 1, 2, 3].flatMap((at) => [true, false].map((committed) => ({ at, committed })));

  it.each(outages)(
    'sends a message once and soon, although the database goes away ($at, $committed)',
    async (outage) => {
      await workspace.customerSays('+5583999142210', 'Oi');
      const { id } = await oldestWaiting(ana);
      await ana.call('POST', `/v1/conversations/${id}/accept`);
      const { body: message } = await ana.call<Message>('POST', `/v1/conversations/${id}/messages`, {
        type: 'text',
        text: 'Resolvido',
        clientId: 'client-1',
      });
      // What the gateway itself had to say is not what is counted.
      await opened.database.transaction((tx) => tx.deleteFrom('jobs').where('subjectId', '<>', message.id).execute());
      const db = withOutage(opened.database, outage);
      const scope = { db, clock: desk.clock, log: silentLog };
      const adapter = whatsappAdapter({ ...scope, media: desk.media, fetch: graph });
      const worker = deliveryWorker({ ...scope, adapterOf: () => adapter });
      stop = () => worker.stop();
      worker.start();
      const job = () =>
        opened.database.read.selectFrom('jobs').select('state').where('subjectId', '=', message.id).executeTakeFirst();
      await expect
        .poll(
          async () => {
            // A job that was put back is due a little later.
            desk.clock.advance(100);
            return (await job())?.state;
          },
          { timeout: 20_000 },
        )
        .toBe('done');
      const sent = await opened.database.read
        .selectFrom('messages')
        .select(['providerId'])
        .where('id', '=', message.id)
        .executeTakeFirst();
      expect({ left, ...sent }).toEqual({ left: 1, providerId: 'wamid.out1' });
    },
  );
});
