import type { ConversationClose, ConversationTransfer } from '../contract/index.ts';

/** What a macro does once its text was sent. It never changes the customer. */
export type MacroAction =
  | { readonly type: 'add_tags'; readonly tagIds: readonly string[] }
  | ({ readonly type: 'transfer' } & ConversationTransfer)
  | { readonly type: 'park' }
  | ({ readonly type: 'close' } & ConversationClose);

/** A reply that is ready; with `actions` it is a macro. Where they come from is the host's affair. */
export interface CannedReply {
  readonly id: string;
  /** What is typed after `/`. */
  readonly shortcut: string;
  readonly title: string;
  /** May hold placeholders: `Olá, {cliente.nome}.` Empty for a macro without words. */
  readonly text: string;
  readonly actions?: readonly MacroAction[] | undefined;
}

/** Without case and accents: `Não` is found by `nao`. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Those that fit what was typed, best first: by their shortcut, then by the beginning of a word of the other names.
 * Those that fit equally stay in their order.
 */
export function matching<Item>(
  items: readonly Item[],
  query: string,
  namesOf: (item: Item) => readonly [string, ...string[]],
  limit = 8,
): readonly Item[] {
  const wanted = fold(query.trim());
  const rank = (item: Item) => {
    const [first, ...others] = namesOf(item).map(fold) as [string, ...string[]];
    if (first === wanted) return 0;
    if (first.startsWith(wanted)) return 1;
    return [first, ...others].some((name) => ` ${name}`.includes(` ${wanted}`)) ? 2 : 3;
  };
  const ranked = items.map((item) => ({ item, rank: rank(item) })).filter(({ rank: found }) => found < 3);
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, limit)
    .map(({ item }) => item);
}

/** Adds what a macro does to what is planned already: tags gather, and a conversation ends in one way, the last chosen. */
export function planned(actions: readonly MacroAction[], added: readonly MacroAction[]): readonly MacroAction[] {
  const tagIds = new Set<string>();
  let end: MacroAction | null = null;
  for (const action of [...actions, ...added]) {
    if (action.type === 'add_tags') for (const id of action.tagIds) tagIds.add(id);
    else end = action;
  }
  return Object.freeze([
    ...(tagIds.size > 0 ? [{ type: 'add_tags', tagIds: [...tagIds] } as const] : []),
    ...(end ? [end] : []),
  ]);
}
