import { normalizePhone } from '@prosa/core/brazil';
import { describe, expect, it } from 'vitest';
import { maskPhone } from './phone-input.ts';

const written = (typed: string) => maskPhone(typed, typed.length).value;

/** As a person does: one key after the other, each on what the mask made of those before. */
const typedOut = (keys: string) => [...keys].reduce((value, key) => written(value + key), '');

describe('a phone that is typed', () => {
  it.each([
    ['83999142210', '(83) 99914-2210'],
    ['8332214400', '(83) 3221-4400'],
    ['083999142210', '(83) 99914-2210'],
    ['5583999142210', '+55 83 99914-2210'],
    ['+5583999142210', '+55 83 99914-2210'],
    ['+16505551234', '+16505551234'],
    ['0016505551234', '+16505551234'],
    ['8', '(8'],
    ['abc', ''],
  ])('%s becomes %s, typed or pasted', (keys, expected) => {
    expect(written(keys)).toBe(expected);
    expect(typedOut(keys)).toBe(expected);
  });

  it.each(['+55 (83) 99914-2210', '55 83 99914-2210', '0 83 99914-2210', '83 9 9914 2210'])(
    'is the same number when %s is pasted',
    (pasted) => {
      expect(normalizePhone(written(pasted))).toBe('+5583999142210');
    },
  );

  it('keeps the caret behind the digit it was behind', () => {
    expect(maskPhone('(83) 99194-2210', 8)).toEqual({ value: '(83) 99194-2210', caret: 8 });
    expect(maskPhone('(83) 9999', 9)).toEqual({ value: '(83) 9999', caret: 9 });
    expect(maskPhone('(83) 99991', 10)).toEqual({ value: '(83) 9999-1', caret: 11 });
    expect(maskPhone('0(83', 1)).toEqual({ value: '(83', caret: 0 });
    expect(maskPhone('', 0)).toEqual({ value: '', caret: 0 });
  });
});
