import { expect, it } from 'vitest';
import { initials } from './initials.ts';

it('takes the first and the last initial, and none of a phone', () => {
  expect(initials('Marina Albuquerque')).toBe('MA');
  expect(initials('João Pedro Nunes')).toBe('JN');
  expect(initials('élcio')).toBe('É');
  expect(initials('+55 83 9 8812-0042')).toBe(null);
});
