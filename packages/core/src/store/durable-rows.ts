import type { Clock } from '../client/clock.ts';
import { withDeadline } from '../client/deadline.ts';
import { withConversationLock } from './conversation-lock.ts';
import { indexedDbStorage } from './indexed-db.ts';
import { readRow, type OutboxStorage, type OutboxTable, type StoredMessage } from './outbox-storage.ts';

/** Storage of a browser in trouble may never answer. */
const storageTimeoutMs = 2000;

/**
 * The kept copy of the outbox. It never rejects and never holds anybody up: the first failure ends it, and the outbox
 * goes on in memory.
 */
export class DurableRows {
  readonly #clock: Clock;
  readonly #onBroken: (error: Error) => void;
  readonly #owner: string;
  #table: OutboxTable | null = null;
  #isClosed = false;

  /**
   * @param owner gateway and agent
   * @param onBroken called once, when what is written from now on is not kept
   */
  constructor(owner: string, clock: Clock, onBroken: (error: Error) => void) {
    this.#owner = owner;
    this.#clock = clock;
    this.#onBroken = onBroken;
  }

  get isOpen(): boolean {
    return this.#table !== null;
  }

  /**
   * Rows that another page left or has, oldest first; `null` when they cannot be read.
   *
   * @param storage the browser's when absent
   */
  open(storage: OutboxStorage = indexedDbStorage()): Promise<readonly StoredMessage[] | null> {
    return this.#read(async () => {
      const table = await storage.open(this.#owner);
      if (this.#isClosed) {
        table.close();
        return [];
      }
      this.#table = table;
      return table.all();
    });
  }

  /** As `open` gave them, but of now. */
  async all(): Promise<readonly StoredMessage[] | null> {
    const table = this.#table;
    return table && this.#read(() => table.all());
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

  /** Sends while no other tab sends to the same conversation. */
  inTurn<T>(conversationId: string, signal: AbortSignal, send: () => Promise<T>): Promise<T> {
    return withConversationLock(this.#clock, `${this.#owner} ${conversationId}`, signal, send);
  }

  close(): void {
    this.#isClosed = true;
    this.#table?.close();
    this.#table = null;
  }

  async #read(work: () => Promise<readonly Partial<StoredMessage>[]>): Promise<readonly StoredMessage[] | null> {
    const rows = await this.#attempt(work);
    if (!rows) return null;
    const readable = rows.flatMap((row) => readRow(row) ?? []);
    return readable.sort((a, b) => a.createdAt - b.createdAt || a.sequence - b.sequence);
  }

  async #use<T>(work: (table: OutboxTable) => Promise<T>): Promise<T | undefined> {
    const table = this.#table;
    return table ? this.#attempt(() => work(table)) : undefined;
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await withDeadline(this.#clock, { operation: 'use the storage', timeoutMs: storageTimeoutMs }, work);
    } catch (error) {
      if (!this.#isClosed) {
        this.close();
        this.#onBroken(error as Error);
      }
      return undefined;
    }
  }
}
