import type { Entities } from './entity-store.ts';
import type { LiveContext } from './live-context.ts';
import { LiveQuery } from './live-query.ts';

type Kind = 'contact' | 'customer' | 'agent';

/** One entity by its id, or by how it is fetched. */
export class LiveEntity<K extends Kind> extends LiveQuery<Entities[K] | null> {
  readonly #kind: K;
  readonly #fetch: (signal: AbortSignal) => Promise<Entities[K]>;
  #entity: Entities[K] | null = null;

  constructor(context: LiveContext, kind: K, fetch: (signal: AbortSignal) => Promise<Entities[K]>) {
    super(context, null);
    this.#kind = kind;
    this.#fetch = fetch;
  }

  protected override async load(signal: AbortSignal): Promise<void> {
    const entity = await this.#fetch(signal);
    if (signal.aborted) return;
    this.context.entities.put(this.#kind, entity);
    this.#entity = this.context.entities.get(this.#kind, entity.id) ?? entity;
  }

  protected override compute(previous: Entities[K] | null): Entities[K] | null {
    const next = this.#entity;
    return next && previous && next.id === previous.id && next.version === previous.version ? previous : next;
  }

  protected override watch() {
    return [
      this.context.entities.observe(this.#kind, null, (entity, _previous, id) => {
        if (id !== this.#entity?.id || !entity) return;
        this.#entity = entity;
        this.changed();
      }),
    ];
  }

  protected override holds(): Iterable<string> {
    return this.#entity ? [this.#entity.id] : [];
  }
}
