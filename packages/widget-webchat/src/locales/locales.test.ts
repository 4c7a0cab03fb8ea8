import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { es } from './es.ts';
import { ptBr } from './pt-br.ts';
import type { Words } from './words.ts';

const locales = { ptBr, en, es };

/** Paths of all texts, with how many values each takes. */
function shape(value: object, path = ''): readonly string[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    if (typeof inner === 'function') return [`${path}${name}/${inner.length}`];
    return typeof inner === 'object' && inner !== null ? shape(inner, `${path}${name}.`) : [`${path}${name}`];
  });
}

function plainTexts(value: object): readonly string[] {
  return Object.values(value).flatMap((inner: unknown) => {
    if (typeof inner === 'string') return [inner];
    return typeof inner === 'object' && inner !== null ? plainTexts(inner) : [];
  });
}

const spoken = (words: Words) => [
  ...plainTexts(words),
  ...[0, 1, 2].flatMap((count) => [words.unread(count), words.offline(count)]),
  words.joined(null),
  words.joined('Ana'),
  words.attending('Ana'),
  words.protocol('20261121000001'),
  words.fileTooLarge('nota.pdf', '16 MB'),
  words.answered(4, 5),
];

describe.each(Object.entries(locales))('%s', (_, words) => {
  it('says everything', () => {
    expect(shape(words).toSorted()).toEqual(shape(ptBr).toSorted());
  });

  it('leaves nothing empty, and does not shout', () => {
    for (const text of spoken(words)) expect(text.trim()).toMatch(/^[^!]+$/);
  });

  it('tells one from many', () => {
    expect(new Set([0, 1, 2].map((count) => words.offline(count))).size).toBe(3);
    expect(words.unread(1)).not.toContain('2');
    expect(words.unread(2)).toContain('2');
  });
});

it('is another language each', () => {
  expect(new Set(Object.values(locales).map(({ startNew }) => startNew)).size).toBe(3);
  expect(Object.values(locales).map(({ language }) => language)).toEqual(['pt-BR', 'en', 'es']);
});
