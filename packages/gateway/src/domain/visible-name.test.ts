import { expect, it } from 'vitest';
import { visibleName } from './visible-name.ts';

it('keeps names as people write them', () => {
  for (const name of ['Tainá', 'João d’Ávila', '李小龍', 'محمد', 'Ana 👩‍👩‍👧‍👦']) expect(visibleName(name)).toBe(name);
});

it('takes out what is not seen, and what turns the reading direction', () => {
  expect(visibleName('Ana\u202eanA\u2066')).toBe('AnaanA');
  expect(visibleName('Ana\n\tLima\u0000')).toBe('Ana Lima');
  expect(visibleName('  Ana   Lima ')).toBe('Ana Lima');
});

it('is nothing when there is nothing to see', () => {
  for (const name of [null, '', '   ', '\u200b\u202e', '\ud800']) expect(visibleName(name)).toBeNull();
});
