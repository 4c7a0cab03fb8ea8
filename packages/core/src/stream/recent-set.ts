/** Remembers the newest few keys. */
export class RecentSet {
  readonly #keys = new Set<string>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** `false` when it is there already. */
  add(key: string): boolean {
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    if (this.#keys.size > this.#capacity)
      for (const oldest of this.#keys) {
        this.#keys.delete(oldest);
        break;
      }
    return true;
  }
}
