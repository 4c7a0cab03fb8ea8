import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { formatPhone, isAreaCode, normalizePhone, phoneForms, phoneKind } from './index.ts';

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
    // Nine digits that do not start with 9, and eight that start with 0 or 1.
    '(83) 89914-2210',
    '+55 83 0321-4400',
    '(83) 1321-4400',
    '0800 123 4567',
    '٨٣٩٩٩١٤٢٢١٠',
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

describe('phoneKind', () => {
  it.each([
    ['+5583999142210', 'mobile'],
    ['+558399142210', 'mobile'],
    ['+5511940028922', 'mobile'],
    ['+558332214400', 'landline'],
    ['+551140028922', 'landline'],
    ['+16505551234', 'foreign'],
    ['+5520999142210', null],
    ['83999142210', null],
    ['', null],
  ])('%s is %s', (phone, kind) => {
    expect(phoneKind(phone)).toBe(kind);
  });

  it('is the same for all forms of a phone', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+55(11|83)(9\d{8}|[2-9]\d{7})$/), (phone) => {
        for (const form of phoneForms(phone)) expect(phoneKind(form)).toBe(phoneKind(phone));
      }),
    );
  });
});

it('takes no land line for a mobile without its ninth digit', () => {
  expect(phoneForms('+5511940028922')).toEqual(['+5511940028922']);
  expect(phoneForms('+551140028922')).toEqual(['+551140028922']);
});

it('knows the area codes', () => {
  expect(['11', '83', '99', '10', '20', '00', ''].map(isAreaCode)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

it('reads back what it shows, whatever the phone', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+55(11|83)(9\d{8}|[2-9]\d{7})$/), (phone) => {
      expect(normalizePhone(formatPhone(phone))).toBe(phone);
      expect(normalizePhone(phone.slice(1))).toBe(phone);
    }),
  );
});
