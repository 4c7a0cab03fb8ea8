import { expect, it } from 'vitest';
import { keepEqual } from './keep-equal.ts';

it.each([
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, { b: 1 }],
  [{ a: undefined }, { b: undefined }],
  [[], {}],
  [[1, 2], [1]],
  [null, {}],
  [{ a: { b: [1] } }, { a: { b: [2] } }],
])('%j is not %j', (one, other) => {
  expect(keepEqual<unknown>(one, other)).toBe(other);
});

it('keeps what says the same, however deep', () => {
  const one = { a: [{ b: null }], c: NaN };
  expect(keepEqual(one, { a: [{ b: null }], c: NaN })).toBe(one);
});
