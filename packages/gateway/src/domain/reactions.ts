import type { Reaction } from '@prosa/core/contract';

/** Two take part in a chat, and each has one reaction to a message: the customer, and the company as a whole. */
function sideOf({ by }: Reaction): 'customer' | 'company' {
  return by.kind === 'customer' ? 'customer' : 'company';
}

/**
 * The reactions with this one, which replaces the one of the same side. One that is taken back has no emoji, and is kept,
 * so that an older one that comes later does not bring it back.
 * @returns `null` when nothing changes: it is a repetition, or older than what is known
 */
export function withReaction(reactions: readonly Reaction[], next: Reaction): readonly Reaction[] | null {
  const before = reactions.find((reaction) => sideOf(reaction) === sideOf(next));
  if (before && Date.parse(before.at) > Date.parse(next.at)) return null;
  // The same at a later time is news: what was done in between comes too late then.
  if (before?.emoji === next.emoji && before.at === next.at && before.by.id === next.by.id) return null;
  return [...reactions.filter((reaction) => reaction !== before), next];
}

/** Those that can be seen. */
export function shownReactions(reactions: readonly Reaction[] | null): readonly Reaction[] {
  return reactions?.filter(({ emoji }) => emoji !== '') ?? [];
}
