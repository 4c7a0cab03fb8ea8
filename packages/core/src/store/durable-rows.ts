import type { Clock } from '../client/clock.ts';
import { withDeadline } from '../client/deadline.ts';
import type { OutboxStorage, OutboxTable, StoredMessage } from './outbox-storage.ts';

/** Storage of a browser in trouble may never answer. */
const storageTimeoutMs = 2000;

/**
 * The kept copy of the outbox. It never rejects and never holds anybody up: the first failure ends it, and the outbox
 * goes on in memory.
 */
export class DurableRows {
  readonly #clock: Clock;
  #table: OutboxTable | null = null;
  #isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Rows that an earlier page left, oldest first. */
  async open(storage: OutboxStorage, owner: string): Promise<readonly StoredMessage[]> {
    const rows = await this.#attempt(async () => {
      const table = await storage.open(owner);
      if (this.#isClosed) {
        table.close();
        return [];
      }
      this.#table = table;
      return table.all();
    });
    return [...(rows ?? [])].sort((a, b) => a.createdAt - b.createdAt || a.sequence - b.sequence);
  }

  put(row: StoredMessage): Promise<unknown> {
    return this.#use((table) => table.put(row));
  }

  delete(clientId: string): Promise<unknown> {
    return this.#use((table) => table.delete(clientId));
  }

  /** `false` when another tab has sent or discarded it; `true` when that cannot be known. */
  async has(clientId: string): Promise<boolean> {
    return (await this.#use((table) => table.has(clientId))) ?? true;
  }

  close(): void {
    this.#isClosed = true;
    this.#table?.close();
    this.#table = null;
  }

  async #use<T>(work: (table: OutboxTable) => Promise<T>): Promise<T | undefined> {
    const table = this.#table;
    return table ? this.#attempt(() => work(table)) : undefined;
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await withDeadline(this.#clock, { operation: 'use the storage', timeoutMs: storageTimeoutMs }, work);
    } catch {
      this.#table = null;
      return undefined;
    }
  }
}
