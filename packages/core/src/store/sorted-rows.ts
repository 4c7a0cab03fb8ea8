import { deepFreeze } from '../client/deep-freeze.ts';

export interface Versioned {
  readonly id: string;
  readonly version: number;
}

/**
 * The newest known copy of each row, in order. A change costs as many comparisons as the number of rows has digits in
 * base two, and rows that did not change keep their reference.
 */
export class SortedRows<Row extends Versioned> {
  readonly #order: (a: Row, b: Row) => number;
  readonly #byId = new Map<string, Row>();
  readonly #sorted: Row[] = [];
  #shown: readonly Row[] | null = Object.freeze([]);

  /** @param order tells any two rows apart, with the same result for as long as neither is replaced */
  constructor(order: (a: Row, b: Row) => number) {
    this.#order = order;
  }

  get size(): number {
    return this.#sorted.length;
  }

  /** Frozen; the same array while nothing changed. */
  get value(): readonly Row[] {
    return (this.#shown ??= Object.freeze(this.#sorted.slice()));
  }

  /** A newer copy is there. */
  isNewer({ id, version }: Row): boolean {
    return (this.#byId.get(id)?.version ?? version) > version;
  }

  ids(): IterableIterator<string> {
    return this.#byId.keys();
  }

  /** `false` when what is there is as new or newer: it keeps its reference. */
  set(row: Row): boolean {
    const known = this.#byId.get(row.id);
    if (known && known.version >= row.version) return false;
    this.delete(row.id);
    this.#sorted.splice(this.#placeOf(row), 0, row);
    this.#byId.set(row.id, deepFreeze(row));
    this.#shown = null;
    return true;
  }

  delete(id: string): boolean {
    const known = this.#byId.get(id);
    if (!known) return false;
    // Looking at references is faster than comparing rows, of which most are not in the processor's cache.
    this.#sorted.splice(this.#sorted.indexOf(known), 1);
    this.#byId.delete(id);
    this.#shown = null;
    return true;
  }

  /** Keeps the first rows, at most `count`. Returns the last of them. */
  cut(count: number): Row | undefined {
    for (const { id } of this.#sorted.splice(count)) this.#byId.delete(id);
    this.#shown = null;
    return this.#sorted.at(-1);
  }

  /** Where the row would be. */
  #placeOf(row: Row): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#order(this.#sorted[middle] as Row, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
