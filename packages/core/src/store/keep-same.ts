/** The array before when it holds the same things in the same order, so that who compares references sees no change. */
export function keepSame<Item>(previous: readonly Item[], next: readonly Item[]): readonly Item[] {
  const isSame = previous.length === next.length && next.every((item, index) => item === previous[index]);
  return isSame ? previous : Object.freeze(next);
}
