import { expect, it } from 'vitest';
import fc from 'fast-check';
import { followEdit, mentionsWithin, type Mention } from './mentions.ts';

const text = 'veja @Ana Ribeiro e @Caio';
const mention = (name: string): Mention => {
  const start = text.indexOf(`@${name}`);
  return { agentId: `agt_${name}`, name, start, end: start + name.length + 1 };
};
const both = [mention('Ana Ribeiro'), mention('Caio')];
const names = (after: string) => followEdit(both, text, after).map(({ start, end }) => after.slice(start, end));

it.each([
  ['', []],
  ['veja @Ana Ribeir e @Caio', ['@Caio']],
  ['veja @AnaRibeiro e @Caio', ['@Caio']],
  ['veja @Ana Ribeiro e @Cai', ['@Ana Ribeiro']],
  ['por favor, veja @Ana Ribeiro e @Caio', ['@Ana Ribeiro', '@Caio']],
  ['@Ana Ribeiro e @Caio', ['@Ana Ribeiro', '@Caio']],
  ['veja @Ana Ribeiro, e também @Caio!', ['@Ana Ribeiro']],
  ['outra coisa', []],
])('after the edit to %j', (after, expected) => {
  expect(names(after)).toEqual(expected);
});

it('stay apart when text comes between them and behind them', () => {
  expect(names('veja @Ana Ribeiro, e @Caio')).toEqual(['@Ana Ribeiro', '@Caio']);
  expect(names(`${text}, hoje`)).toEqual(['@Ana Ribeiro', '@Caio']);
});

it('always stand where they say, whatever is typed, pasted and deleted', () => {
  const edit = fc.record({
    at: fc.nat(60),
    remove: fc.nat(12),
    insert: fc.constantFrom('', 'a', '@Ana', ' ', '😀', '@Caio'),
  });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 20 }), (edits) => {
      let current = text;
      let mentions: readonly Mention[] = both;
      for (const { at, remove, insert } of edits) {
        const next = current.slice(0, at) + insert + current.slice(at + remove);
        mentions = followEdit(mentions, current, next);
        current = next;
        for (const { name, start, end } of mentions) expect(current.slice(start, end)).toBe(`@${name}`);
      }
    }),
  );
});

it('of a part are counted from its beginning', () => {
  expect(mentionsWithin(both, 5, 17)).toEqual([{ agentId: 'agt_Ana Ribeiro', name: 'Ana Ribeiro', start: 0, end: 12 }]);
});
