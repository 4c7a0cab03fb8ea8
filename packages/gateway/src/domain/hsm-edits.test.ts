import { expect, it } from 'vitest';
import { day, hour } from '../clock.ts';
import { editBlock, recentEdits } from './hsm-edits.ts';

const now = Date.parse('2026-11-20T12:00:00Z');

it('takes one change in 24 hours', () => {
  expect(editBlock([], now)).toBe(null);
  expect(editBlock([now - 23 * hour], now)).toContain('again from 2026-11-20T13:00:00.000Z');
  expect(editBlock([now - day], now)).toBe(null);
});

it('takes ten changes in 30 days', () => {
  const ten = Array.from({ length: 10 }, (_, index) => now - (index * 3 + 2) * day);
  expect(editBlock(ten, now)).toContain('10 changes');
  expect(editBlock(ten.slice(1), now)).toBe(null);
  expect(editBlock([...ten.slice(1), now - 30 * day], now)).toBe(null);
  expect(recentEdits([now, now - 30 * day, now - day], now)).toEqual([now - day, now]);
});
