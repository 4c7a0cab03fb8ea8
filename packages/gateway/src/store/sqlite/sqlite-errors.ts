import { DatabaseUnavailableError } from '../database-unavailable.ts';

// https://sqlite.org/rescode.html; the low byte is the primary code.
const busy = 5;
const locked = 6;
const ioError = 10;
const corrupt = 11;
const full = 13;
const notADatabase = 26;
const uniqueCodes = new Set([1555, 2067, 2579]);

function codeOf(thrown: unknown): number | null {
  const error = thrown instanceof DatabaseUnavailableError ? thrown.cause : thrown;
  if (!(error instanceof Error)) return null;
  // `node:sqlite` calls it `errcode`, SQLite's WebAssembly build `resultCode`.
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode;
  return 'resultCode' in error && typeof error.resultCode === 'number' ? error.resultCode : null;
}

function primaryCodeOf(error: unknown): number | null {
  const code = codeOf(error);
  return code === null ? null : code & 0xff;
}

export function isUniqueViolation(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && uniqueCodes.has(code);
}

export function isBusy(error: unknown): boolean {
  const code = primaryCodeOf(error);
  return code === busy || code === locked;
}

/** The file is something else than a database, or half of one. */
export function isDamaged(error: unknown): boolean {
  const code = primaryCodeOf(error);
  return code === corrupt || code === notADatabase;
}

/** What other layers can act on; the error itself when it is none of that. */
export function mapError(error: unknown): unknown {
  if (error instanceof DatabaseUnavailableError) return error;
  const code = primaryCodeOf(error);
  if (code === full || code === ioError) return new DatabaseUnavailableError('full', error);
  if (isBusy(error)) return new DatabaseUnavailableError('busy', error);
  return error;
}
