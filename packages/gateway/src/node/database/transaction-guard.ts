import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Refuses a second connection to code that runs inside a transaction: it would wait for itself, or read what the
 * transaction has not written.
 */
export class TransactionGuard {
  readonly #current = new AsyncLocalStorage<{ open: boolean }>();

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const transaction = { open: true };
    try {
      return await this.#current.run(transaction, work);
    } finally {
      transaction.open = false;
    }
  }

  /** Throws inside an open transaction. */
  check(): void {
    if (this.#current.getStore()?.open) {
      throw new Error('unable to query outside of the transaction; inside of it use its own handle for everything');
    }
  }
}
