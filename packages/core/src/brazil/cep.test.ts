import { expect, it } from 'vitest';
import fc from 'fast-check';
import { formatCep, maskCepInput, normalizeCep } from './index.ts';

it.each(['', '5803810', '580381000', '00000-000', '58038-1OO', '５８０３８１００'])('%j is none', (typed) => {
  expect(normalizeCep(typed)).toBeNull();
  expect(formatCep(typed)).toBe(typed);
});

it.each(['58038100', '58038-100', '58.038-100', ' 58038 100 '])('%j is one', (typed) => {
  expect(formatCep(typed)).toBe('58038-100');
});

it('is masked as it is typed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_000_000, max: 99_999_999 }), (number) => {
      const digits = String(number).padStart(8, '0');
      expect([...digits].reduce((value, key) => maskCepInput(value + key), '')).toBe(formatCep(digits));
    }),
  );
});
