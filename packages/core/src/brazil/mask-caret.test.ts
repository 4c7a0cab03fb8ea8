import { expect, it } from 'vitest';
import fc from 'fast-check';
import {
  maskCepInput,
  maskCnpjInput,
  maskCpfInput,
  maskDocumentInput,
  maskPhoneInput,
  maskWithCaret,
} from './index.ts';

it.each([
  // Typed in the middle, the caret is behind what was typed.
  [maskCpfInput, '1239.456.789-0', 4, '123.945.678-90', 5],
  // Deleted a separator: the caret stays where it is, and the separator is back.
  [maskCpfInput, '123456.789-09', 3, '123.456.789-09', 3],
  // A letter that goes takes no place.
  [maskCpfInput, '12x3.456', 3, '123.456', 2],
  [maskCpfInput, '', 0, '', 0],
  [maskCpfInput, '123', 99, '123', 3],
  [maskCnpjInput, '12abc', 5, '12.ABC', 6],
  [maskPhoneInput, '83999142210', 11, '(83) 99914-2210', 15],
  [maskPhoneInput, '+5583', 1, '+55 83', 1],
])('%o %j at %i', (mask, typed, caret, value, expected) => {
  expect(maskWithCaret(mask, typed, caret)).toEqual({ value, caret: expected });
});

it('stays behind the same characters wherever it is, and inside the field', () => {
  const masks = [maskCpfInput, maskCnpjInput, maskCepInput, maskDocumentInput, maskPhoneInput];
  const plain = (text: string) => text.replace(/[^\dA-Z]/g, '');
  fc.assert(
    fc.property(fc.constantFrom(...masks), fc.stringMatching(/^\d{1,11}$/), fc.nat(20), (mask, digits, at) => {
      const typed = mask(digits);
      const caret = Math.min(at, typed.length);
      const masked = maskWithCaret(mask, typed, caret);
      expect(masked.value).toBe(typed);
      expect(masked.caret).toBeLessThanOrEqual(typed.length);
      expect(plain(masked.value.slice(0, masked.caret))).toBe(plain(typed.slice(0, caret)));
    }),
  );
});
