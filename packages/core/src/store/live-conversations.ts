import type { ConversationListParams, LiveList } from '../client/prosa-client.ts';
import type { Conversation } from '../contract/index.ts';
import { belongsTo, conversationOrder } from './belongs-to.ts';
import type { EntityChange } from './entity-store.ts';
import { keepSame } from './keep-same.ts';
import type { LiveContext } from './live-context.ts';
import { PagedQuery } from './paged-query.ts';

/** The rows of a tab or filter: loaded by page from the top, kept by events in between. */
export class LiveConversations
  extends PagedQuery<readonly Conversation[], Conversation>
  implements LiveList<Conversation>
{
  readonly #params: Omit<ConversationListParams, 'cursor'>;
  readonly #order: (a: Conversation, b: Conversation) => number;
  #ids = new Set<string>();
  /** Ids that came in by other ways while a load was under way: its answer may be older than they are. */
  #touched = new Set<string>();
  /** Where the loaded part ends; what sorts after it comes with the next page. */
  #last: Conversation | undefined;
  #isLoaded = false;
  #meId: string | null = null;

  constructor(context: LiveContext, params: Omit<ConversationListParams, 'cursor'>) {
    super(context, Object.freeze([]));
    this.#params = params;
    this.#order = conversationOrder(params.tab);
  }

  protected override async load(signal: AbortSignal): Promise<void> {
    const wanted = this.value.length;
    this.#touched = new Set();
    if (this.#params.tab === 'mine') this.#meId = (await this.context.identity.get()).id;
    const { items, cursor } = await this.fetchFromStart(signal, ({ length }) => length >= wanted);
    if (signal.aborted) return;
    this.#ids = this.#touched;
    this.#isLoaded = true;
    this.endAt(cursor);
    this.append(items);
  }

  protected override append(rows: readonly Conversation[]): void {
    for (const row of rows) {
      this.context.entities.put('conversation', row);
      this.#ids.add(row.id);
    }
    this.#last = rows.at(-1) ?? this.#last;
  }

  protected override fetchPage(cursor: string | undefined, signal: AbortSignal) {
    return this.context.conversations.list({ ...this.#params, cursor }, { signal });
  }

  protected override takes({ kind, entity }: EntityChange): boolean {
    if (kind !== 'conversation') return false;
    const was = this.#ids.has(entity.id);
    const belongs = belongsTo(entity, this.#params, this.#meId);
    if (belongs) {
      this.#ids.add(entity.id);
      this.#touched.add(entity.id);
    } else this.#ids.delete(entity.id);
    return belongs || was;
  }

  protected override compute(previous: readonly Conversation[]): readonly Conversation[] {
    if (!this.#isLoaded || !this.runSignal) return previous;
    const rows: Conversation[] = [];
    for (const id of this.#ids) {
      const row = this.context.entities.get('conversation', id);
      if (row && belongsTo(row, this.#params, this.#meId) && this.#isReached(row)) rows.push(row);
    }
    return keepSame(previous, rows.sort(this.#order));
  }

  protected override onStart(): () => void {
    // The store may have forgotten the rows when nobody watched; the value stays as it was until they are loaded.
    this.#isLoaded = false;
    return () => undefined;
  }

  #isReached(row: Conversation): boolean {
    return !this.hasMore || !this.#last || this.#order(row, this.#last) <= 0;
  }
}
