import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { checkDigit } from './check-digits.ts';
import {
  documentKind,
  formatCnpj,
  formatCpf,
  isAlphanumericCnpj,
  isValidCnpj,
  isValidCpf,
  isValidDocument,
  maskCpf,
  normalizeCnpj,
  normalizeCpf,
} from './index.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

/** Made up: the check digits of a random body. */
function cpfOf(body: string): string {
  const first = checkDigit(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]);
  return `${body}${first}${checkDigit(`${body}${first}`, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2])}`;
}

describe('CPF', () => {
  it.each(['123.456.789-09', '12345678909', '529.982.247-25', ' 529 982 247 25 '])('%s is one', (cpf) => {
    expect(isValidCpf(cpf)).toBe(true);
  });

  it.each([
    '123.456.789-00',
    '111.111.111-11',
    '000.000.000-00',
    '1234567890',
    '123456789012',
    '123.456.789-0A',
    '',
    '１２３４５６７８９０９',
  ])('%s is none', (cpf) => {
    expect(isValidCpf(cpf)).toBe(false);
  });

  it('is found wrong when one digit is', () => {
    fc.assert(
      fc.property(digits(9), fc.nat(10), fc.integer({ min: 1, max: 9 }), (body, place, change) => {
        const cpf = cpfOf(body);
        fc.pre(isValidCpf(cpf));
        const wrong = String((Number(cpf[place]) + change) % 10);
        const typed = cpf.slice(0, place) + wrong + cpf.slice(place + 1);
        // The rest 10 counts as 0, so that one in eleven digits in the first nine may slip through; never a check digit.
        if (place >= 9) expect(isValidCpf(typed)).toBe(false);
        expect(normalizeCpf(formatCpf(typed))).toBe(typed);
      }),
    );
  });

  it('is shown, and hidden, as public bodies do', () => {
    expect(formatCpf('12345678909')).toBe('123.456.789-09');
    expect(maskCpf('123.456.789-09')).toBe('***.456.789-**');
    expect(formatCpf('123')).toBe('123');
  });
});

describe('CNPJ', () => {
  it('of letters and digits has the check digits of the Receita Federal', () => {
    expect(isValidCnpj('12.ABC.345/01DE-35')).toBe(true);
    expect(isValidCnpj('12abc34501de35')).toBe(true);
    expect(isValidCnpj('12.ABC.345/01DE-36')).toBe(false);
    expect(isValidCnpj('12.ABC.345/01DE-3A')).toBe(false);
    expect(normalizeCnpj('12.abc.345/01de-35')).toBe('12ABC34501DE35');
    expect(formatCnpj('12abc34501de35')).toBe('12.ABC.345/01DE-35');
  });

  it('of digits only is what it always was', () => {
    expect(isValidCnpj('11.222.333/0001-81')).toBe(true);
    expect(isValidCnpj('11.222.333/0001-80')).toBe(false);
    expect(isValidCnpj('11111111111111')).toBe(false);
    expect(isValidCnpj('11.222.333/0001')).toBe(false);
  });

  const body = fc.stringMatching(/^[0-9A-Z]{12}$/);
  const cnpjOf = (twelve: string) => {
    const first = checkDigit(twelve, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
    return `${twelve}${first}${checkDigit(`${twelve}${first}`, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])}`;
  };

  it('is the same in capitals and small letters, with and without punctuation', () => {
    fc.assert(
      fc.property(body, (twelve) => {
        const cnpj = cnpjOf(twelve);
        fc.pre(!/^(.)\1{13}$/.test(cnpj));
        for (const written of [cnpj, cnpj.toLowerCase(), formatCnpj(cnpj)]) expect(isValidCnpj(written)).toBe(true);
        expect(normalizeCnpj(formatCnpj(cnpj))).toBe(cnpj);
        expect(isAlphanumericCnpj(cnpj)).toBe(/[A-Z]/.test(twelve));
      }),
    );
  });

  it('is found wrong when a check digit is', () => {
    fc.assert(
      fc.property(body, fc.constantFrom(12, 13), fc.integer({ min: 1, max: 9 }), (twelve, place, change) => {
        const cnpj = cnpjOf(twelve);
        const wrong = String((Number(cnpj[place]) + change) % 10);
        expect(isValidCnpj(cnpj.slice(0, place) + wrong + cnpj.slice(place + 1))).toBe(false);
      }),
    );
  });

  it('and CPF are told apart by letters and length', () => {
    expect(['123.456.789-09', '11.222.333/0001-81', '12.ABC.345/01DE-35', '123', ''].map(documentKind)).toEqual([
      'cpf',
      'cnpj',
      'cnpj',
      null,
      null,
    ]);
    expect(['123.456.789-09', '12.ABC.345/01DE-35', '123.456.789-00', ''].map(isValidDocument)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        for (const read of [isValidCnpj, isValidCpf, formatCnpj, formatCpf, maskCpf, normalizeCnpj]) read(typed);
      }),
    );
  });
});
