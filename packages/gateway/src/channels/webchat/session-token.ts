import { day } from '../../clock.ts';
import { randomText } from '../../store/random-text.ts';

const prefix = 'pvs_';

/** After this long a browser starts anew. */
export const visitorSessionMs = 30 * day;

/**
 * After this long a website says again who is logged in, if not later by its own word: whoever logged out there, or sits
 * at the same computer next, is not that person for weeks.
 */
const identifiedSessionMs = day;

/**
 * When a session ends that begins at `now`; all in epoch milliseconds.
 * @param provenUntil `exp` of what the website signed; `null`: nobody has said who it is
 */
export function sessionEnd(now: number, provenUntil: number | null): number {
  const longest = now + visitorSessionMs;
  return provenUntil === null ? longest : Math.min(longest, Math.max(now + identifiedSessionMs, provenUntil));
}

/** 256 random bits behind the prefix by which it is told from other credentials. */
export function makeSessionToken(): string {
  return prefix + randomText(32);
}

export function isSessionToken(credential: string): boolean {
  return credential.startsWith(prefix);
}
