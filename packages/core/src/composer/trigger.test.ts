import { expect, it } from 'vitest';
import fc from 'fast-check';
import { triggerAt } from './trigger.ts';

const all = ['mention', 'canned', 'placeholder'] as const;

it.each(['ana@exemplo.com', 'https://prosa.example', '1/2', 'e/ou'])('%j has none at its end', (text) => {
  expect(triggerAt(text, text.length, all)).toBeNull();
});

it.each([
  ['/', 'canned', ''],
  ['oi /sau', 'canned', 'sau'],
  ['linha\n/sau', 'canned', 'sau'],
  ['@', 'mention', ''],
  ['veja @ana ri', 'mention', 'ana ri'],
  ['(@Caio', 'mention', 'Caio'],
  ['Olá, {cli', 'placeholder', 'cli'],
  ['{cliente.no', 'placeholder', 'cliente.no'],
])('%j looks for a %s named %j', (text, kind, query) => {
  expect(triggerAt(text, text.length, all)).toEqual({
    kind,
    query,
    start: text.length - query.length - 1,
    end: text.length,
  });
});

it('looks at the caret, not at the end', () => {
  expect(triggerAt('oi /sau e mais', 7, all)?.query).toBe('sau');
  expect(triggerAt('oi /sau e mais', 14, all)).toBeNull();
  expect(triggerAt('/sau', 0, all)).toBeNull();
});

it('looks only for what is asked, and not for whole sentences', () => {
  expect(triggerAt('@ana', 4, ['canned'])).toBeNull();
  expect(triggerAt(`/${'a'.repeat(60)}`, 61, all)).toBeNull();
  expect(triggerAt('@ana ribeiro hoje', 17, all)).toBeNull();
});

it('always names what stands before the caret, whatever the text', () => {
  const piece = fc.constantFrom('@', '/', '{', ' ', 'a', 'é', '😀', '\n', '}');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 80 }), fc.nat(100), (pieces, caret) => {
      const text = pieces.join('');
      const trigger = triggerAt(text, Math.min(caret, text.length), all);
      if (trigger) expect(text.slice(trigger.start + 1, trigger.end)).toBe(trigger.query);
    }),
  );
});
