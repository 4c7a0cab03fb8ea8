export type UnavailableReason = 'full' | 'busy' | 'unreachable';

/** The database cannot do it now and may later: answer 503, never lose what was not stored. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
  readonly reason: UnavailableReason;

  constructor(reason: UnavailableReason, cause: unknown) {
    super(`unable to use the database; ${explanations[reason]}`, { cause });
    this.reason = reason;
  }
}

const explanations: Readonly<Record<UnavailableReason, string>> = {
  full: 'its disk is full, free some space',
  busy: 'another process holds it, or too many transactions met',
  unreachable: 'the server does not answer, check DATABASE_URL and that it runs',
};
