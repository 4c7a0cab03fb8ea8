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
  readonly #storage: OutboxStorage | null;
  #table: OutboxTable | null = null;
  #isClosed = false;

  constructor(storage: OutboxStorage | null, clock: Clock) {
    this.#storage = storage;
    this.#clock = clock;
  }

  /** There is something to open. */
  get isPossible(): boolean {
    return this.#storage !== null;
  }

  /** Rows that an earlier page left, oldest first. */
  async open(owner: string): Promise<readonly StoredMessage[]> {
    const storage = this.#storage;
    if (!storage) return [];
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

  async put(row: StoredMessage): Promise<void> {
    await this.#use((table) => table.put(row));
  }

  async delete(clientId: string): Promise<void> {
    await this.#use((table) => table.delete(clientId));
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

  #use<T>(work: (table: OutboxTable) => Promise<T>): Promise<T | undefined> {
    const table = this.#table;
    return table ? this.#attempt(() => work(table)) : Promise.resolve(undefined);
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
