import * as z from 'zod/mini';

/** Of what a form begins with, in characters: it is kept with each message of a dispatch. */
export const formDataLength = 8000;

/** Deeper ones would have whoever reads or writes them as JSON run out of stack. */
const mostLevels = 20;

/**
 * JSON that is handed over as it is, kept with each message that has it.
 * @param maxLength characters that it has at most, written without blanks
 */
export function jsonDataSchema(maxLength: number) {
  return z.record(z.string().check(z.maxLength(200)), z.unknown()).check(
    z.refine((data) => levelsFit(data), { message: `must have at most ${mostLevels} levels`, abort: true }),
    z.refine((data) => JSON.stringify(data).length <= maxLength, `must have at most ${maxLength} characters as JSON`),
  );
}

/** Level by level: what it looks at may be deeper than the stack. */
function levelsFit(data: object): boolean {
  let level: readonly unknown[] = [data];
  for (let depth = 0; depth <= mostLevels; depth++) {
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
    if (level.length === 0) return true;
  }
  return false;
}
