import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Database, Tx, Wake } from '../store/database.ts';
import { takeNumbers } from '../store/counters.ts';
import { appendEvents } from '../events/append.ts';
import { runUnit } from '../store/unit.ts';
import { forEachEngine } from '../testbed/engines.ts';
import { createGate } from '../testbed/gate.ts';

const now = Date.UTC(2026, 10, 20, 12);
const workspaceId = 'wsp_1';

function addWorkspace(tx: Tx, id: string, createdAt = now) {
  return tx.insertInto('workspaces').values({ id, name: 'Loja', timeZone: 'America/Recife', createdAt }).execute();
}

forEachEngine(
  (engine, open) => {
    const oneConnection = engine === 'sqlite' || engine === 'sqlite wasm';
    let database: Database;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ database, close } = await open());
      await database.transaction((tx) => addWorkspace(tx, workspaceId));
    });

    afterEach(() => close());

    const ids = async () => {
      const rows = await database.read.selectFrom('workspaces').select('id').orderBy('id').execute();
      return rows.map(({ id }) => id);
    };

    it('gives plain rows in camelCase, with times as numbers', async () => {
      const rows = await database.read.selectFrom('workspaces').selectAll().execute();
      expect(rows).toStrictEqual([
        {
          id: workspaceId,
          name: 'Loja',
          timeZone: 'America/Recife',
          settings: '{}',
          settingsUpdatedAt: 0,
          settingsVersion: 1,
          createdAt: now,
        },
      ]);
    });

    it('leaves nothing of a transaction that fails', async () => {
      const failing = database.transaction(async (tx) => {
        await addWorkspace(tx, 'wsp_2');
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await ids()).toEqual([workspaceId]);
    });

    it('goes on after a statement that failed', async () => {
      await expect(database.transaction((tx) => sql`select nonsense from nowhere`.execute(tx))).rejects.toThrow();
      await database.transaction((tx) => addWorkspace(tx, 'wsp_2'));
      expect(await ids()).toEqual([workspaceId, 'wsp_2']);
    });

    it('hides what is not committed from other readers', async () => {
      const written = createGate();
      const mayCommit = createGate();
      const writing = database.transaction(async (tx) => {
        await addWorkspace(tx, 'wsp_2');
        written.open();
        await mayCommit.opened;
      });
      await written.opened;
      const during = ids();
      // In memory there is one connection, and the reader waits for the transaction.
      if (oneConnection) mayCommit.open();
      expect(await during).toEqual(oneConnection ? [workspaceId, 'wsp_2'] : [workspaceId]);
      mayCommit.open();
      await writing;
      expect(await ids()).toEqual([workspaceId, 'wsp_2']);
    });

    it('refuses the outer handle inside a transaction, where it would wait for itself', async () => {
      const reading = database.transaction(() => database.read.selectFrom('meta').selectAll().execute());
      await expect(reading).rejects.toThrow('unable to query outside of the transaction');
      const nesting = database.transaction(() => database.transaction((tx) => addWorkspace(tx, 'wsp_2')));
      await expect(nesting).rejects.toThrow('unable to query outside of the transaction');
      expect(await ids()).toEqual([workspaceId]);
    });

    it('tells a unique violation from other errors', async () => {
      const twice = await database.transaction((tx) => addWorkspace(tx, workspaceId)).catch((error: unknown) => error);
      expect(database.isUniqueViolation(twice)).toBe(true);
      const orphan = await database
        .transaction((tx) => takeNumbers(tx, 'wsp_missing', 'event', 1))
        .catch((error: unknown) => error);
      expect(orphan).toBeInstanceOf(Error);
      expect(database.isUniqueViolation(orphan)).toBe(false);
      expect(database.isUniqueViolation(null)).toBe(false);
    });

    it.each([
      ['undefined', undefined],
      ['a Date', new Date(now)],
      ['NaN', NaN],
      ['an object', { a: 1 }],
    ])('refuses to bind %s', async (_name, value) => {
      const query = database.read
        .selectFrom('workspaces')
        .selectAll()
        .where('name', '=', value as unknown as string);
      await expect(query.execute()).rejects.toThrow('unable to bind');
    });

    it('takes booleans as 0 and 1', async () => {
      const found = database.read
        .selectFrom('counters')
        .select('value')
        .where('value', '=', true as unknown as number);
      await database.transaction((tx) => takeNumbers(tx, workspaceId, 'event', 1));
      expect(await found.execute()).toEqual([{ value: 1 }]);
    });

    it('counts and sums in numbers, and refuses a number that would lose digits', async () => {
      await database.transaction((tx) => takeNumbers(tx, workspaceId, 'event', 3));
      const query = database.read
        .selectFrom('counters')
        .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.sum<number>('value').as('sum')]);
      expect(await query.executeTakeFirst()).toEqual({ count: 1, sum: 3 });
      await expect(sql`select 9007199254740993 as big`.execute(database.read)).rejects.toThrow(/too large/);
    });

    it('says how many rows an update, a delete and an ignored insert touched', async () => {
      const counts = await database.transaction(async (tx) => ({
        updated: (await tx.updateTable('workspaces').set({ name: 'Outra' }).executeTakeFirstOrThrow()).numUpdatedRows,
        ignored: (
          await tx
            .insertInto('workspaces')
            .values({ id: workspaceId, name: '', timeZone: '', createdAt: now })
            .onConflict((conflict) => conflict.column('id').doNothing())
            .executeTakeFirstOrThrow()
        ).numInsertedOrUpdatedRows,
        deleted: (await tx.deleteFrom('workspaces').executeTakeFirstOrThrow()).numDeletedRows,
      }));
      expect(counts).toEqual({ updated: 1n, ignored: 0n, deleted: 1n });
    });

    it('makes writers that lock the same row take turns', async () => {
      await database.transaction((tx) => takeNumbers(tx, workspaceId, 'lock', 1));
      const increment = () =>
        database.transaction(async (tx) => {
          const query = tx.selectFrom('counters').select('value').where('name', '=', 'lock');
          const { value } = await database.lock(query).executeTakeFirstOrThrow();
          await tx
            .updateTable('counters')
            .set({ value: value + 1 })
            .where('name', '=', 'lock')
            .execute();
        });
      await Promise.all(Array.from({ length: 20 }, increment));
      const row = await database.read.selectFrom('counters').select('value').executeTakeFirstOrThrow();
      expect(row.value).toBe(21);
    });

    it('wakes listeners of this process until they stop listening', async () => {
      const heard: Wake[] = [];
      const off = database.onWake((wake) => heard.push(wake));
      database.wake({ topic: 'events', workspaceId });
      expect(heard).toEqual([]);
      await vi.waitFor(() => expect(heard).toEqual([{ topic: 'events', workspaceId }]), { timeout: 20_000 });
      off();
      database.wake({ topic: 'jobs' });
      await Promise.resolve();
      expect(heard).toHaveLength(1);
    });

    it('answers a ping, and does not once it is closed', async () => {
      await database.ping();
      await Promise.all([database.close(), database.close()]);
      await expect(database.ping()).rejects.toThrow();
      await expect(database.transaction((tx) => addWorkspace(tx, 'wsp_2'))).rejects.toThrow();
    });

    it('numbers the events of 50 writers without a gap, in the order in which readers see them', async () => {
      const scope = { db: database, clock: { now: () => now } };
      let writing = true;
      const seen: number[] = [];
      const reader = (async () => {
        for (let last = false; !last;) {
          last = !writing;
          const rows = await database.read
            .selectFrom('events')
            .select('seq')
            .where('workspaceId', '=', workspaceId)
            .where('seq', '>', seen.at(-1) ?? 0)
            .orderBy('seq')
            .execute();
          seen.push(...rows.map(({ seq }) => seq));
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      })();
      const writer = (index: number) =>
        runUnit(scope, workspaceId, async (unit) => {
          await appendEvents(unit.tx, workspaceId, now, [event(index), event(index)]);
          // Commits come in another order than the beginnings.
          if (database.engine === 'postgres') await sql`select pg_sleep(random() * 0.005)`.execute(unit.tx);
          if (index % 10 === 9) throw new Error('rolled back');
        }).catch(() => undefined);
      await Promise.all(Array.from({ length: 50 }, (_, index) => writer(index)));
      writing = false;
      await reader;
      expect(seen).toEqual(Array.from({ length: 90 }, (_, index) => index + 1));
    });
  },
  ['sqlite', 'sqlite file', 'sqlite wasm', 'postgres'],
);

function event(index: number) {
  return { type: 'queue.created' as const, data: { index }, conversationId: null };
}
