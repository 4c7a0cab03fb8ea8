import fc from 'fast-check';
import { expect, it } from 'vitest';
import { excerptOf } from './excerpt.ts';
import { searchWords } from './search-text.ts';

const long = `${'Antes disso houve muita conversa sobre outras coisas. '.repeat(3)}O cartão não chegou. ${'Depois veio mais. '.repeat(20)}`;

it('is the whole of a short text, on one line, as it was written', () => {
  expect(excerptOf('Meu\n  CARTÃO  <b>não</b> chegou', ['cartao'])).toBe('Meu CARTÃO <b>não</b> chegou');
});

it('is cut at words around the match', () => {
  const excerpt = excerptOf(long, ['cart']);
  expect(excerpt).toMatch(/^….{0,40}O cartão não chegou\..*…$/);
  expect(excerpt.length).toBeLessThan(180);
  expect(long).toContain(excerpt.slice(1, -1));
});

it('takes the beginning of a word for the last one only', () => {
  expect(excerptOf(long, ['cart', 'nao'])).toMatch(/cartão não/);
  expect(excerptOf(long, ['nothing'])).toMatch(/^Antes disso/);
});

it('cuts no character in half, wherever it has to cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      const excerpt = excerptOf(text, searchWords(text).slice(-1));
      expect(excerpt.length).toBeLessThanOrEqual(180);
      expect(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(excerpt)).toBe(false);
    }),
  );
});
