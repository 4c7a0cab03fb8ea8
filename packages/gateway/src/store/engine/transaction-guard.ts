/**
 * Refuses a second connection to code that runs inside a transaction: it would wait for itself, or read what the
 * transaction has not written.
 */
export interface TransactionGuard {
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Throws inside an open transaction. */
  check(): void;
}
