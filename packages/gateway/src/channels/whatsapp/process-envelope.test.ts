import { afterEach, beforeEach, expect, it } from 'vitest';
import { day, minute } from '../../clock.ts';
import { silentLog } from '../../log.ts';
import { DatabaseUnavailableError } from '../../store/database-unavailable.ts';
import type { Database, Tx } from '../../store/database.ts';
import { openDesk, type TestDesk, type TestWorkspace } from '../../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../../testbed/engines.ts';
import { envelopeOf, postWebhook, textMessage } from '../../testbed/webhooks.ts';
import { processDue } from './envelope-worker.ts';
import { pruneEnvelopes } from './retention.ts';

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

  /** A database that looks at each transaction before it commits. */
  const watched = (beforeCommit: (tx: Tx) => Promise<void>): Database =>
    new Proxy(opened.database, {
      get(target, property) {
        if (property === 'isUniqueViolation') return (error: unknown) => error instanceof Collision;
        if (property === 'transaction') {
          return (work: Parameters<Database['transaction']>[0]) =>
            target.transaction(async (tx) => {
              const result = await work(tx);
              await beforeCommit(tx);
              return result;
            });
        }
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });

  /** Another writer wins `times` times: a contact, a protocol, anything unique. */
  const colliding = (times: number): Database => {
    let left = times;
    return watched(async (tx) => {
      const messages = await tx.selectFrom('messages').select('id').execute();
      if (messages.length > 0 && left-- > 0) throw new Collision();
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

  it('tries what cannot be taken eight times, and keeps it until somebody has looked at it', async () => {
    const broken = colliding(1000);
    for (let attempt = 1; attempt < 8; attempt++) {
      await process(broken);
      expect(await envelope()).toMatchObject({ state: 'pending', attempts: attempt });
      await process(broken);
      expect((await envelope()).attempts, 'not before its time').toBe(attempt);
      desk.clock.advance(5 * minute);
    }
    await process(broken);
    expect(await envelope()).toMatchObject({ state: 'failed', error: expect.stringContaining('failed') as string });
    expect(await received()).toBe(0);

    desk.clock.advance(90 * day);
    await process(opened.database);
    await pruneEnvelopes(opened.database, desk.clock.now());
    expect(await envelope()).toMatchObject({ state: 'failed' });
  });

  it('takes on a later try what could not be taken, once', async () => {
    await process(colliding(4));
    expect(await received()).toBe(0);
    desk.clock.advance(5 * minute);
    await process(opened.database);
    expect(await received()).toBe(1);
    expect(await envelope()).toMatchObject({ state: 'processed', error: null });
  });

  it('takes the neighbours of an item that cannot be taken, once', async () => {
    const messages = [
      textMessage('wamid.b', 'Antes'),
      textMessage('wamid.bad', 'Ruim'),
      textMessage('wamid.c', 'Depois'),
    ];
    await postWebhook(desk, envelopeOf(workspace, { messages }), { workspace });
    const refusing = watched(async (tx) => {
      const bad = await tx.selectFrom('messages').select('id').where('providerId', '=', 'wamid.bad').executeTakeFirst();
      if (bad) throw new Error('a message that we cannot take');
    });
    for (let attempt = 0; attempt < 3; attempt++) {
      await process(refusing);
      desk.clock.advance(5 * minute);
    }
    const rows = await opened.database.read.selectFrom('messages').select('providerId').orderBy('position').execute();
    const taken = rows.map(({ providerId }) => providerId).filter((id) => id !== null);
    expect(taken).toEqual(['wamid.a', 'wamid.b', 'wamid.c']);
  });

  it('goes on from the beginning when the database went away in the middle', async () => {
    const down = watched(() => Promise.reject(new DatabaseUnavailableError('unreachable', new Error('down'))));
    await process(down).catch(() => undefined);
    expect(await envelope()).toMatchObject({ state: 'pending' });
    desk.clock.advance(5 * minute);
    await process(opened.database);
    expect(await received()).toBe(1);
  });

  it('deletes what was processed long ago', async () => {
    await process(opened.database);
    await pruneEnvelopes(opened.database, desk.clock.now() + 29 * day);
    expect(await envelope()).toMatchObject({ state: 'processed' });
    await pruneEnvelopes(opened.database, desk.clock.now() + 31 * day);
    await expect(envelope()).rejects.toThrow();
  });
});
