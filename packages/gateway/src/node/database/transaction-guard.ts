import { AsyncLocalStorage } from 'node:async_hooks';
import type { TransactionGuard } from '../../store/engine/transaction-guard.ts';

/** Follows a transaction through everything that it awaits. */
export class AsyncTransactionGuard implements TransactionGuard {
  readonly #current = new AsyncLocalStorage<{ open: boolean }>();

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const transaction = { open: true };
    try {
      return await this.#current.run(transaction, work);
    } finally {
      transaction.open = false;
    }
  }

  check(): void {
    if (this.#current.getStore()?.open) {
      throw new Error('unable to query outside of the transaction; inside of it use its own handle for everything');
    }
  }
}
