import { silentLog } from '../log.ts';
import { openPostgres } from '../node/postgres/open-postgres.ts';
import { routeAll } from '../routing/router.ts';
import { migrate } from '../store/migrate.ts';
import type { UnitScope } from '../store/unit.ts';
import { runDueTimers } from '../timers/desk-timers.ts';
import { openDesk, type TestDesk } from './desk.ts';
import { freshPostgres, openEngine } from './engines.ts';

/** Gateways over one database, with one time: one on SQLite, two with a connection each on PostgreSQL. */
export interface SharedDesk {
  readonly desks: readonly [TestDesk, ...TestDesk[]];
  /** One round of the router in each process, all at once. */
  route(): Promise<void>;
  /** One round of the timers in each process, all at once. */
  timers(): Promise<void>;
  close(): Promise<void>;
}

export async function openSharedDesk(engine: 'sqlite' | 'postgres'): Promise<SharedDesk> {
  const opened = engine === 'sqlite' ? [(await openEngine('sqlite')).database] : await twoConnections();
  const [first, ...others] = opened;
  if (!first) throw new Error('there is no database');
  const here = openDesk(first);
  const desks = [here, ...others.map((database) => openDesk(database, { clock: here.clock }))] as const;
  const everywhere = async (work: (scope: UnitScope) => Promise<unknown>) => {
    await Promise.all(desks.map(({ database, clock }) => work({ db: database, clock })));
  };
  return {
    desks,
    route: () => everywhere((scope) => routeAll(scope, silentLog)),
    timers: () => everywhere((scope) => runDueTimers({ ...scope, log: silentLog })),
    async close() {
      await Promise.all(desks.map(({ gateway }) => gateway.close()));
      await Promise.all(opened.map((database) => database.close()));
    },
  };
}

async function twoConnections() {
  const url = await freshPostgres();
  const databases = [await openPostgres({ url }), await openPostgres({ url })] as const;
  await migrate(databases[0]);
  return databases;
}
