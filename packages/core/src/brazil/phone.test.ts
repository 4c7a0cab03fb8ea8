import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { formatPhone, normalizePhone, phoneForms } from './index.ts';

describe('normalizePhone', () => {
  it.each([
    ['(83) 99914-2210', '+5583999142210'],
    ['083 99914-2210', '+5583999142210'],
    ['+55 83 9 9914-2210', '+5583999142210'],
    ['5583999142210', '+5583999142210'],
    ['(83) 3221-4400', '+558332214400'],
    ['+1 650 555 1234', '+16505551234'],
  ])('%s is %s', (typed, expected) => {
    expect(normalizePhone(typed)).toBe(expected);
  });

  it.each([
    '',
    '123',
    '(20) 99914-2210',
    '+55 20 99914-2210',
    '+55 83 1',
    'oitenta e três',
    '+0 123 456 789',
    '999142210',
  ])('%s cannot be one', (typed) => {
    expect(normalizePhone(typed)).toBeNull();
  });
});

describe('phoneForms', () => {
  it('knows a mobile with and without its ninth digit', () => {
    expect(phoneForms('+5583999142210')).toEqual(['+5583999142210', '+558399142210']);
    expect(phoneForms('+558399142210')).toEqual(['+558399142210', '+5583999142210']);
  });

  it('leaves land lines and other countries alone', () => {
    expect(phoneForms('+558332214400')).toEqual(['+558332214400']);
    expect(phoneForms('+16505551234')).toEqual(['+16505551234']);
  });

  it('goes back to where it came from', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+5583[6-9]\d{7}$/), (short) => {
        const [, long] = phoneForms(short);
        expect(long === undefined ? [short] : phoneForms(long)).toContain(short);
      }),
    );
  });
});

describe('formatPhone', () => {
  it.each([
    ['+5583999142210', '+55 83 9 9914-2210'],
    ['+558332214400', '+55 83 3221-4400'],
    ['+16505551234', '+1 650 555 1234'],
    ['+351912345678', '+351912345678'],
  ])('%s is shown as %s', (phone, expected) => {
    expect(formatPhone(phone)).toBe(expected);
    expect(normalizePhone(expected)).toBe(phone);
  });
});
