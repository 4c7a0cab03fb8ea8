import { expect, it } from 'vitest';
import { day, minute } from '../../clock.ts';
import { isSessionToken, makeSessionToken, sessionEnd } from './session-token.ts';

const now = Date.UTC(2026, 10, 20, 12);

it('is told from other credentials', () => {
  expect(isSessionToken(makeSessionToken())).toBe(true);
  expect(isSessionToken('psk_123')).toBe(false);
});

it('ends after 30 days, of a person who was named after a day, or when the website says, never later than the others', () => {
  expect(sessionEnd(now, null) - now).toBe(30 * day);
  expect(sessionEnd(now, now + 5 * minute) - now).toBe(day);
  expect(sessionEnd(now, now + 7 * day) - now).toBe(7 * day);
  expect(sessionEnd(now, now + 400 * day) - now).toBe(30 * day);
  expect(sessionEnd(now, now - minute) - now, 'within the tolerance of clocks').toBe(day);
});
