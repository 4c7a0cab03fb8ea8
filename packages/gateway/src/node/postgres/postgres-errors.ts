import { DatabaseUnavailableError } from '../../store/database-unavailable.ts';

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const uniqueViolation = '23505';
const retryable = new Set(['40001', '40P01']);
const diskFull = new Set(['53100', '58030']);
/** The server has become a standby; another one, behind the same address, takes what is written now. */
const readOnly = '25006';
/** Connection trouble, too many connections, shutdown and start of the server, statement or lock timeout. */
const unreachable = /^(08...|53300|57P01|57P02|57P03|57P05|25P03|25006|57014)$/;
const timeouts = new Set(['55P03', '57014']);
const systemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** What `pg` says without a code. */
const lostConnection =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|query read timeout|client was closed/i;

function codeOf(thrown: unknown): string | null {
  const error = thrown instanceof DatabaseUnavailableError ? thrown.cause : thrown;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === uniqueViolation;
}

/** The connection works and is no longer of use. */
export function isOfStandby(error: unknown): boolean {
  return codeOf(error) === readOnly;
}

/** Serialisation failure or deadlock: the server rolled back and asks to try again. */
export function isRetryable(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && retryable.has(code);
}

/** What other layers can act on; the error itself when it is none of that. */
export function mapError(error: unknown): unknown {
  if (error instanceof DatabaseUnavailableError) return error;
  const code = codeOf(error);
  if (code === null) {
    const lost = error instanceof Error && lostConnection.test(error.message);
    return lost ? new DatabaseUnavailableError('unreachable', error) : error;
  }
  if (diskFull.has(code)) return new DatabaseUnavailableError('full', error);
  if (timeouts.has(code) || retryable.has(code)) return new DatabaseUnavailableError('busy', error);
  if (systemCodes.has(code) || unreachable.test(code)) return new DatabaseUnavailableError('unreachable', error);
  return error;
}
