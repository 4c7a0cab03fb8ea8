import { day } from '../../clock.ts';
import { randomText } from '../../store/random-text.ts';

const prefix = 'pvs_';

/** A browser that does not come back for this long starts anew. */
export const visitorSessionMs = 30 * day;

/** 256 random bits behind the prefix by which it is told from other credentials. */
export function makeSessionToken(): string {
  return prefix + randomText(32);
}

export function isSessionToken(credential: string): boolean {
  return credential.startsWith(prefix);
}
