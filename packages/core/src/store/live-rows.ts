import type { LiveList, PageParams, Unsubscribe } from '../client/prosa-client.ts';
import type { Page } from '../contract/index.ts';
import type { Entities, EntityKind } from './entity-store.ts';
import type { LiveContext } from './live-context.ts';
import { PagedQuery } from './paged-query.ts';

/** Rows that may come in by events beyond as many as pages brought, before the list is cut. */
const slack = 200;

/** What live lists are of. */
export type ListedKind = Exclude<EntityKind, 'message'>;

/** What is listed, as the server does it. */
export interface RowsOf<Kind extends ListedKind> {
  readonly kind: Kind;
  readonly order: (a: Entities[Kind], b: Entities[Kind]) => number;
  readonly fetchPage: (params: PageParams, signal: AbortSignal) => PromiseLike<Page<Entities[Kind]>>;
  /** Whether the server would list it; asked once a page was fetched. */
  readonly belongs: (entity: Entities[Kind]) => boolean;
}

/** The rows of a list: loaded by page from the top, kept by events in between. */
export class LiveRows<Kind extends ListedKind>
  extends PagedQuery<readonly Entities[Kind][], Entities[Kind]>
  implements LiveList<Entities[Kind]>
{
  readonly #of: RowsOf<Kind>;
  /** Where the loaded part ends; what sorts after it comes with the next page. */
  #last: Entities[Kind] | undefined;
  /** How many rows pages brought. */
  #paged = 0;

  constructor(context: LiveContext, of: RowsOf<Kind>) {
    super(context, Object.freeze([]), of.order);
    this.#of = of;
  }

  protected override async fetchPart(signal: AbortSignal) {
    const wanted = this.rows.size + Number(this.isCut);
    const part = await this.fetchFromStart(signal, ({ length }) => length >= wanted);
    if (!signal.aborted) this.#paged = 0;
    return part;
  }

  protected override fetchPage(params: PageParams, signal: AbortSignal) {
    return this.#of.fetchPage(params, signal);
  }

  protected override reach(rows: readonly Entities[Kind][]): void {
    this.#last = rows.at(-1) ?? this.#last;
    this.#paged += rows.length;
  }

  protected override shows(row: Entities[Kind]): boolean {
    const { belongs, order } = this.#of;
    return belongs(row) && (!this.hasMore || !this.#last || order(row, this.#last) <= 0);
  }

  protected override accept(row: Entities[Kind]): void {
    const { entities } = this.context;
    const { kind } = this.#of;
    entities.put(kind, row, true);
    const known = entities.get(kind, row.id);
    if (known) this.take(known);
  }

  /** Whatever happens on a busy desk, a list holds no more than about twice of what was asked for. */
  protected override take(row: Entities[Kind]): void {
    super.take(row);
    if (!this.isLoaded || this.rows.size <= 2 * this.#paged + slack) return;
    this.#last = this.rows.cut(this.#paged + slack / 2);
    this.cut();
  }

  protected override watch(): readonly Unsubscribe[] {
    return [
      ...super.watch(),
      this.context.entities.observe(this.#of.kind, null, (entity, _previous, id) => {
        if (entity) this.take(entity);
        else this.drop(id);
      }),
    ];
  }

  protected override compute(): readonly Entities[Kind][] {
    return this.rows.value;
  }
}
