import type { Reaction } from '@prosa/core/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownReactions, withReaction } from './reactions.ts';

const reaction = (emoji: string, second: number, kind: Reaction['by']['kind'] = 'customer'): Reaction => ({
  emoji,
  by: { kind },
  at: new Date(second * 1000).toISOString(),
});

describe('reactions', () => {
  it('are one of each side: the customer has one, the company has one', () => {
    const first = withReaction([], reaction('👍', 1)) ?? [];
    const both = withReaction(first, reaction('❤️', 2, 'phone')) ?? [];
    const after = withReaction(both, reaction('🎉', 3, 'agent')) ?? [];
    expect(after.map(({ emoji, by }) => [emoji, by.kind])).toEqual([
      ['👍', 'customer'],
      ['🎉', 'agent'],
    ]);
  });

  it('change nothing when they come again', () => {
    const first = withReaction([], reaction('👍', 1)) ?? [];
    expect(withReaction(first, reaction('👍', 1))).toBeNull();
    expect(withReaction(first, reaction('👎', 0))).toBeNull();
  });

  it('end with the newest, whatever the order they come in', () => {
    const one = fc.record({ emoji: fc.constantFrom('👍', '👎', ''), second: fc.integer({ min: 0, max: 1000 }) });
    fc.assert(
      fc.property(
        fc
          .uniqueArray(one, { selector: ({ second }) => second, minLength: 1 })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const kept = shuffled.reduce<readonly Reaction[]>(
            (known, { emoji, second }) => withReaction(known, reaction(emoji, second)) ?? known,
            [],
          );
          const newest = all.reduce((a, b) => (a.second > b.second ? a : b));
          expect(shownReactions(kept).map(({ emoji }) => emoji)).toEqual(newest.emoji === '' ? [] : [newest.emoji]);
        },
      ),
    );
  });
});
