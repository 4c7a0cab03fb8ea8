import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SortedRows } from './sorted-rows.ts';

interface Row {
  readonly id: string;
  readonly version: number;
  readonly rank: number;
}

const order = (a: Row, b: Row) => a.rank - b.rank || (a.id < b.id ? -1 : Number(a.id > b.id));
const row = (number: number, version = 1, rank = number): Row => ({ id: `r${number}`, version, rank });

it('keeps its array, and the row, when a copy is not newer', () => {
  const rows = new SortedRows(order);
  expect(rows.set(row(1, 2))).toBe(true);
  const before = rows.value;
  expect(rows.set(row(1, 2, 9))).toBe(false);
  expect(rows.set(row(1, 1, 9))).toBe(false);
  expect(rows.delete('r2')).toBe(false);
  expect(rows.value).toBe(before);
  expect(Object.isFrozen(before) && Object.isFrozen(before[0])).toBe(true);
});

it('leaves an array that was given out as it was', () => {
  const rows = new SortedRows(order);
  for (const number of [1, 2, 3]) rows.set(row(number));
  const before = rows.value;
  rows.set(row(1, 2, 9));
  rows.delete('r2');
  expect(before.map(({ id }) => id)).toEqual(['r1', 'r2', 'r3']);
  expect(rows.value.map(({ id }) => id)).toEqual(['r3', 'r1']);
});

it('holds what a sort of the newest copies would give, whatever comes in whatever order', () => {
  const change = fc.record({ number: fc.nat(12), version: fc.nat(5), rank: fc.nat(4), isGone: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const rows = new SortedRows(order);
      const known = new Map<string, Row>();
      for (const { number, version, rank, isGone } of changes) {
        const next = row(number, version, rank);
        const isNewer = version > (known.get(next.id)?.version ?? -1);
        if (isGone) expect(rows.delete(next.id)).toBe(known.delete(next.id));
        else {
          expect(rows.set(next)).toBe(isNewer);
          if (isNewer) known.set(next.id, next);
        }
        expect(rows.value).toEqual([...known.values()].sort(order));
      }
      expect([rows.size, new Set(rows.ids())]).toEqual([known.size, new Set(known.keys())]);
    }),
  );
});

it('compares a few rows per change, however many there are', () => {
  const comparisonsWith = (count: number): number => {
    let comparisons = 0;
    const rows = new SortedRows<Row>((a, b) => (comparisons++, order(a, b)));
    for (let number = 0; number < count; number++) rows.set(row(number));
    comparisons = 0;
    rows.set(row(count >> 1, 2, count + 1));
    return comparisons;
  };
  expect(comparisonsWith(1000)).toBeLessThanOrEqual(2 * 11);
  expect(comparisonsWith(50_000)).toBeLessThanOrEqual(2 * 17);
});
