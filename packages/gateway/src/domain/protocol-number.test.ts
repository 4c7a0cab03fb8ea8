import { expect, it } from 'vitest';
import { dateKey, protocolNumber } from './protocol-number.ts';

it('carries the date of the workspace, not of the server', () => {
  const justAfterMidnightUtc = Date.UTC(2026, 10, 21, 0, 30);
  expect(dateKey(justAfterMidnightUtc, 'America/Sao_Paulo')).toBe('20261120');
  expect(dateKey(justAfterMidnightUtc, 'UTC')).toBe('20261121');
});

it('counts with six digits, and more when a day needs them', () => {
  expect(protocolNumber('20261120', 42)).toBe('20261120000042');
  expect(protocolNumber('20261120', 1_000_000)).toBe('202611201000000');
});
