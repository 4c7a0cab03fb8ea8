import { expect, it } from 'vitest';
import { newId } from './ids.ts';

it('makes ids that sort in the order in which they were made, also within a millisecond', () => {
  const ids = [1_700_000_000_000, 1_700_000_000_000, 1_700_000_000_001].flatMap((now) =>
    Array.from({ length: 2000 }, () => newId('message', now)),
  );
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids[0]).toMatch(/^msg_[0-9a-hjkmnp-tv-z]{26}$/);
});
