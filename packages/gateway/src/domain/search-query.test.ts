import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchOf, parseSearch } from './search-query.ts';
import { searchColumns, searchWords } from './search-text.ts';

it.each([
  ['+55 83 9 9914-2210', '5583999142210'],
  ['083 9914-2210', '8399142210'],
  ['9914', '9914'],
  ['123.456.789-09', '12345678909'],
  ['12.ABC.345/01DE-35', '12abc34501de35'],
  ['991', null],
  ['Marina', null],
  ['Loja 12', null],
  ['9'.repeat(21), null],
])('%s looks for the number %s', (typed, number) => {
  expect(parseSearch(typed).number).toBe(number);
});

it.each([
  ['20261120000042', '20261120000042'],
  ['2026 1120-000042', '20261120000042'],
  ['20261120', '20261120'],
  ['2026112', null],
  ['protocolo 20261120000042', null],
])('%s looks for the protocol %s', (typed, protocol) => {
  expect(parseSearch(typed).protocol).toBe(protocol);
});

it('takes words apart at everything that is no letter and no digit, without accents', () => {
  expect(parseSearch('"Órdem" NEAR(cartão*) -x\0 C++ ').words).toEqual(['ordem', 'near', 'cartao', 'x', 'c']);
  expect(searchWords('SÃO são sao\u0303 2ª-via_pix')).toEqual(['sao', '2a', 'via', 'pix']);
  expect(parseSearch('1º boleto, 30 m²').words).toEqual(['1o', 'boleto', '30', 'm2']);
  expect(searchWords('a'.repeat(500))).toEqual(['a'.repeat(64)]);
});

it('makes terms without control characters of whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
      const { terms, words, number, protocol } = parseSearch(typed);
      expect(terms.join('') + words.join('')).not.toMatch(/\p{Cc}/u);
      expect(words.every((word) => /^[\p{L}\p{N}]+$/u.test(word))).toBe(true);
      expect([number ?? '0000', protocol ?? '00000000'].every((value) => /^[0-9a-z]{4,20}$/.test(value))).toBe(true);
      expect(terms.length).toBeLessThanOrEqual(10);
    }),
  );
});

it('names the surest reason', () => {
  const customer = searchColumns({
    name: 'Loja 8399',
    email: null,
    phone: '+558399142210',
    documentValue: '83991234567890',
  });
  const found = {
    protocol: '83991234000001',
    words: [null, customer.searchWords],
    numbers: [null, customer.searchNumbers],
    document: '83991234567890',
  };
  const reason = (typed: string) => matchOf(parseSearch(typed), found);
  expect(reason('83991234')).toBe('protocol');
  expect(reason('8399123456')).toBe('document');
  expect(reason('83 9 9914-2210')).toBe('phone');
  expect(reason('loja')).toBe('name');
  expect(reason('boleto')).toBe('message');
});
