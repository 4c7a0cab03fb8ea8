import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Database, Lockable, Tx, Wake } from '../../store/database.ts';
import type { Schema } from '../../store/schema.ts';
import { BindingsPlugin } from '../../store/engine/bindings-plugin.ts';
import { retrying } from '../../store/engine/retry.ts';
import { AsyncTransactionGuard } from '../database/transaction-guard.ts';
import { WakeBus } from '../../store/engine/wake-bus.ts';
import { isOfStandby, isRetryable, isUniqueViolation, mapError } from './postgres-errors.ts';
import { WakeChannel } from './wake-channel.ts';

/** Which PostgreSQL, and how much of it. */
export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Connections for queries; one more listens. */
  readonly poolSize?: number | undefined;
  /** When the server gives up a statement; 0: never, for migrations. */
  readonly statementTimeoutMs?: number | undefined;
}

const connectTimeoutMs = 5000;
const idleInTransactionTimeoutMs = 30_000;

/** Connects to a PostgreSQL (14 or newer) that several gateways may share. Rejects when it does not answer. */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const { url, poolSize = 10, statementTimeoutMs = 15_000 } = options;
  const config: pg.PoolConfig = {
    connectionString: url,
    application_name: 'prosa-gateway',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    // A server that went away without a word must not hold a query for ever.
    ...(statementTimeoutMs > 0 ? { query_timeout: 2 * statementTimeoutMs } : {}),
    types: { getTypeParser: parserOf },
  };
  const pool = new pg.Pool({ ...config, max: poolSize });
  // A connection that breaks leaves the pool by itself and fails its query; without listeners, for the idle and for
  // the busy ones, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const bus = new WakeBus();
  const channel = new WakeChannel(config, bus);
  try {
    const database = new PostgresDatabase(pool, bus, channel);
    await database.ping();
    await channel.start();
    return database;
  } catch (error) {
    await Promise.all([channel.stop(), pool.end()]);
    throw mapError(error);
  }
}

class PostgresDatabase implements Database {
  readonly engine = 'postgres';
  readonly read: Kysely<Schema>;
  readonly #guard = new AsyncTransactionGuard();
  readonly #bus: WakeBus;
  readonly #channel: WakeChannel;
  #closed: Promise<void> | null = null;

  constructor(pool: pg.Pool, bus: WakeBus, channel: WakeChannel) {
    this.#bus = bus;
    this.#channel = channel;
    const guard = this.#guard;
    this.read = new Kysely({
      dialect: new PostgresDialect({
        pool: {
          options: pool.options,
          async connect() {
            guard.check();
            try {
              return mappingErrors(await pool.connect());
            } catch (error) {
              throw mapError(error);
            }
          },
          end: () => pool.end(),
        },
      }),
      plugins: [new BindingsPlugin(), new CamelCasePlugin()],
    });
  }

  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return retrying(() => this.read.transaction().execute((tx) => this.#guard.run(() => work(tx))), isRetryable);
  }

  lock<Query extends Lockable<Query>>(query: Query): Query {
    return query.forUpdate();
  }

  lockFree<Query extends Lockable<Query>>(query: Query): Query {
    return query.forUpdate().skipLocked();
  }

  wake(wake: Wake): void {
    this.#bus.emit(wake);
    this.#channel.notify(wake);
  }

  onWake(listener: (wake: Wake) => void): () => void {
    return this.#bus.listen(listener);
  }

  async ping(): Promise<void> {
    await sql`select 1`.execute(this.read);
  }

  isUniqueViolation(error: unknown): boolean {
    return isUniqueViolation(error);
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    this.#bus.clear();
    await Promise.all([this.#channel.stop(), this.read.destroy()]);
  }
}

const ofStandby = new WeakSet<pg.PoolClient>();
const mapped = new WeakSet<pg.PoolClient>();

/** Lets the connection throw what other layers can act on, and leaves one to a standby out of the pool. */
function mappingErrors(client: pg.PoolClient): pg.PoolClient {
  // The pool makes `release` anew each time, `query` stays.
  const release = client.release.bind(client);
  client.release = (error) => release(error || ofStandby.has(client));
  if (mapped.has(client)) return client;
  mapped.add(client);
  const query = client.query.bind(client) as (...parameters: unknown[]) => unknown;
  client.query = ((...parameters: unknown[]) => {
    const result = query(...parameters);
    if (!(result instanceof Promise)) return result;
    return result.catch((error: unknown) => {
      if (isOfStandby(error)) ofStandby.add(client);
      throw mapError(error);
    });
  }) as typeof client.query;
  return client;
}

const numberTypes: ReadonlySet<number> = new Set([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);

/** `int8` (times, counts) and `numeric` (their sums) as numbers, as SQLite gives them; too large ones are refused. */
function parserOf(...[type, format]: Parameters<typeof pg.types.getTypeParser>): (text: string) => unknown {
  if (!numberTypes.has(type)) return pg.types.getTypeParser(type, format) as (text: string) => unknown;
  return (text) => {
    const number = Number(text);
    if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
      throw new RangeError(`unable to read ${text}; it is too large for a number`);
    }
    return number;
  };
}
