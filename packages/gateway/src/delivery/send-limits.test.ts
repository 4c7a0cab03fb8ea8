import type { Conversation } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { minute, second } from '../clock.ts';
import { openPostgres } from '../node/postgres/open-postgres.ts';
import type { Database } from '../store/database.ts';
import { forEachEngine, freshPostgres } from '../testbed/engines.ts';
import { migrate } from '../store/migrate.ts';
import { openSqlite } from '../node/sqlite/open-sqlite.ts';
import { graphRefusal, openSendingDesk, type GraphCall, type SendingDesk } from '../testbed/sending-desk.ts';
import { createWorkers } from '../workers.ts';
import { silentLog } from '../log.ts';

/** Meta's own counting, strict: so many in any second of a number, and a credit of 45 that comes back by one in 6 s. */
function strictMeta(messagesPerSecond: number) {
  const credit = new Map<string, { left: number; at: number }>();
  const recent: number[] = [];
  const refusals: number[] = [];
  return {
    refusals,
    answer({ path, body, at }: GraphCall) {
      if (!path.endsWith('/messages') || body['status'] === 'read') return undefined;
      while (recent[0] !== undefined && at - recent[0] >= second) recent.shift();
      const before = credit.get(String(body['to'])) ?? { left: 45, at };
      const left = Math.min(45, before.left + (at - before.at) / (6 * second));
      const code = recent.length >= messagesPerSecond ? 130429 : left < 1 ? 131056 : null;
      if (code !== null) {
        refusals.push(code);
        return graphRefusal(code);
      }
      recent.push(at);
      credit.set(String(body['to']), { left: left - 1, at });
      return undefined;
    },
  };
}

forEachEngine((engine, _open) => {
  const opened: Database[] = [];
  let bed: SendingDesk;
  let others: { stop(): Promise<void> }[] = [];

  beforeEach(async () => {
    if (engine === 'postgres') {
      const url = await freshPostgres();
      opened.push(await openPostgres({ url }), await openPostgres({ url }));
    } else opened.push(await openSqlite({ path: ':memory:' }));
    const [database] = opened;
    if (!database) throw new Error('no database was opened');
    await migrate(database);
    bed = await openSendingDesk(database);
  });
  afterEach(async () => {
    await Promise.all(others.map((workers) => workers.stop()));
    others = [];
    await bed.close();
    await Promise.all(opened.splice(0).map((database) => database.close()));
  });

  /** Two gateways on one PostgreSQL; SQLite has one. */
  const workEverywhere = () => {
    bed.work();
    for (const db of opened.slice(1)) {
      const scope = { db, clock: bed.desk.clock, log: silentLog };
      const workers = createWorkers({ ...scope, media: bed.desk.media, fetch: bed.graph.fetch });
      workers.start();
      others.push(workers);
    }
  };
  const waiting = async () => {
    const [database] = opened;
    const { count } = (await database?.read
      .selectFrom('jobs')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('kind', '=', 'send_message')
      .where('state', 'in', ['queued', 'running', 'calling'])
      .executeTakeFirst()) ?? { count: 0 };
    return Number(count);
  };
  const passTime = async (step: number) => {
    await expect
      .poll(
        async () => {
          bed.desk.clock.advance(step);
          return await waiting();
        },
        { timeout: 40_000, interval: 20 },
      )
      .toBe(0);
  };

  it('never sends faster to one person than Meta lets it, also with two gateways', async () => {
    const meta = strictMeta(80);
    bed.graph.answer = meta.answer;
    const conversation = await bed.attend('+5583999142210');
    for (let i = 0; i < 52; i++) await bed.says(conversation, `${i}`);
    workEverywhere();
    await passTime(250);
    expect(meta.refusals).toEqual([]);
    expect(bed.graph.texts()).toEqual(Array.from({ length: 52 }, (_, i) => `${i}`));
  }, 180_000);

  it('never sends faster from one number than it is set to, also with two gateways', async () => {
    const meta = strictMeta(10);
    bed.graph.answer = meta.answer;
    await bed.configure({ messagesPerSecond: 10 });
    const conversations: Conversation[] = [];
    for (let i = 0; i < 12; i++) conversations.push(await bed.attend(`+55839881200${String(10 + i)}`));
    for (let round = 0; round < 4; round++)
      for (const conversation of conversations) await bed.says(conversation, `${round}`);
    workEverywhere();
    await passTime(20);
    expect(meta.refusals).toEqual([]);
    expect(bed.graph.texts()).toHaveLength(48);
    const times = bed.graph.calls.map(({ at }) => at);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(minute);
  }, 180_000);
});
