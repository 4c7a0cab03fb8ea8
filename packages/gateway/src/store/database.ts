import type { SignalData, SignalType } from '@prosa/core/contract';
import type { Kysely, Transaction } from 'kysely';
import type { Place } from '../domain/visibility.ts';
import type { Schema } from './schema.ts';

/** One transaction on the database. */
export type Tx = Transaction<Schema>;
/** A transaction, or the handle for reads outside of one. */
export type Reader = Kysely<Schema> | Tx;

/** Says that something was committed; the tables are the truth, this only saves the wait for the next poll. */
export interface Wake {
  readonly topic: 'events' | 'jobs' | 'envelopes' | 'signals' | 'routing' | 'dispatches';
  /** With `events` and `signals`: the workspace. */
  readonly workspaceId?: string | undefined;
  /** With `events`: everything that happened was in these conversations; absent: it may have been anywhere. */
  readonly conversationIds?: readonly string[] | undefined;
  /** With `signals`: the contact that it is about; a visitor hears only of their own. */
  readonly contactId?: string | undefined;
  /** With `signals`: where that conversation stands; agents who do not see it do not hear of it. */
  readonly place?: Place | undefined;
  /** With `signals`: what is told to whoever listens now. It is all there is of it. */
  readonly signal?: WakeSignal | undefined;
}

/** Something that happens and is not kept: at most 4 kB as JSON, because it travels inside the notification. */
export interface WakeSignal {
  readonly type: SignalType;
  readonly data: SignalData[SignalType];
}

/** A query that can end in FOR UPDATE. */
export interface Lockable<Self> {
  forUpdate(): Self;
  skipLocked(): Self;
}

/**
 * A database engine. Everything that the two engines do differently is here; the queries are the same.
 * `src/node/` makes them.
 */
export interface Database {
  readonly engine: 'sqlite' | 'postgres';
  /** For reads outside of commands. Never used inside `transaction`. */
  readonly read: Kysely<Schema>;
  /**
   * Runs `work` in one transaction and commits it durably. Tried again when the engine says that it may be
   * (serialisation, deadlock, busy), so `work` must do nothing but queries.
   */
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Locks the rows that the query finds until the transaction ends. SQLite has one writer: nothing to do. */
  lock<Query extends Lockable<Query>>(query: Query): Query;
  /** As `lock`, but passes over rows that another transaction holds. */
  lockFree<Query extends Lockable<Query>>(query: Query): Query;
  /** Tells listeners in this and in the other processes. Call it after the commit. */
  wake(wake: Wake): void;
  /** Returns the function that stops listening. */
  onWake(listener: (wake: Wake) => void): () => void;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  /** Whether the error says that a unique constraint was violated. */
  isUniqueViolation(error: unknown): boolean;
  close(): Promise<void>;
}
