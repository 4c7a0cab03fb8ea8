import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { formatCnpj, formatCpf, maskCnpjInput, maskCpfInput, maskDocumentInput, maskPhoneInput } from './index.ts';

/** What the field shows after each key. */
function type(mask: (typed: string) => string, keys: string): string[] {
  let value = '';
  return [...keys].map((key) => (value = mask(value + key)));
}

describe('typing', () => {
  it('a CPF', () => {
    expect(type(maskCpfInput, '12345678909')).toEqual([
      '1',
      '12',
      '123',
      '123.4',
      '123.45',
      '123.456',
      '123.456.7',
      '123.456.78',
      '123.456.789',
      '123.456.789-0',
      '123.456.789-09',
    ]);
  });

  it('a CNPJ with letters', () => {
    expect(type(maskCnpjInput, '12abc34501de35').at(-1)).toBe('12.ABC.345/01DE-35');
    expect(maskCnpjInput('12abc')).toBe('12.ABC');
    expect(maskCnpjInput('12ABC34501DEXX35')).toBe('12.ABC.345/01DE-35');
  });

  it('either, in one field', () => {
    expect(maskDocumentInput('12345678909')).toBe('123.456.789-09');
    expect(maskDocumentInput('123.456.789-091')).toBe('12.345.678/9091');
    expect(maskDocumentInput('12A')).toBe('12.A');
  });

  it('a phone, with and without the ninth digit', () => {
    expect(maskPhoneInput('83')).toBe('(83');
    expect(maskPhoneInput('8332214400')).toBe('(83) 3221-4400');
    expect(maskPhoneInput('83999142210')).toBe('(83) 99914-2210');
    expect(maskPhoneInput('+5583999142210')).toBe('+55 83 99914-2210');
    expect(maskPhoneInput('+16505551234')).toBe('+16505551234');
  });
});

describe('a mask', () => {
  const masks = [maskCpfInput, maskCnpjInput, maskDocumentInput, maskPhoneInput];

  it('changes nothing that it made itself, and never ends in a separator', () => {
    fc.assert(
      fc.property(fc.constantFrom(...masks), fc.string(), (mask, typed) => {
        const once = mask(typed);
        expect(mask(once)).toBe(once);
        expect(once).not.toMatch(/[.\-/ )]$/);
      }),
    );
  });

  it('lets a person delete what it put in', () => {
    fc.assert(
      fc.property(fc.constantFrom(maskCpfInput, maskCnpjInput), fc.stringMatching(/^\d{1,11}$/), (mask, digits) => {
        let value = mask(digits);
        for (let keys = 0; keys < 30 && value !== ''; keys++) value = mask(value.slice(0, -1));
        expect(value).toBe('');
      }),
    );
  });

  it('ends where the format of the whole value does', () => {
    expect(maskCpfInput('12345678909')).toBe(formatCpf('12345678909'));
    expect(maskCnpjInput('12ABC34501DE35')).toBe(formatCnpj('12ABC34501DE35'));
  });
});
