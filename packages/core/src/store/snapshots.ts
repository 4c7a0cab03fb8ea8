import { deepFreeze } from '../client/deep-freeze.ts';

export interface Versioned {
  readonly id: string;
  readonly version: number;
}

/** The newest known copy of each entity of one kind. The one place where stale copies are dropped. */
export class Snapshots<Entity extends Versioned> {
  readonly #byId = new Map<string, Entity>();

  get(id: string): Entity | undefined {
    return this.#byId.get(id);
  }

  values(): IterableIterator<Entity> {
    return this.#byId.values();
  }

  /** `false` when what is there is as new or newer: it keeps its reference. */
  put(entity: Entity): boolean {
    const known = this.#byId.get(entity.id);
    if (known && known.version >= entity.version) return false;
    this.#byId.set(entity.id, deepFreeze(entity));
    return true;
  }

  delete(id: string): void {
    this.#byId.delete(id);
  }

  clear(): void {
    this.#byId.clear();
  }
}
