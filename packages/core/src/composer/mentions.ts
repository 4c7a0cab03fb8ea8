/** An agent who is named in a note: `text.slice(start, end)` is `@` and the name. */
export interface Mention {
  readonly agentId: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The mentions after an edit, from the texts before and after: those behind it move along, those that it touched are
 * plain text from now on.
 */
export function followEdit(mentions: readonly Mention[], before: string, after: string): readonly Mention[] {
  if (mentions.length === 0 || before === after) return mentions;
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before[same] === after[same]) same++;
  let tail = 0;
  while (tail < shorter - same && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const shift = after.length - before.length;
  const editEnd = before.length - tail;
  const moved = mentions.flatMap((mention) => {
    if (mention.end <= same) return [mention];
    if (mention.start >= editEnd) return [{ ...mention, start: mention.start + shift, end: mention.end + shift }];
    return [];
  });
  return Object.freeze(moved.filter(({ start, end, name }) => after.slice(start, end) === `@${name}`));
}

/** Those within a part of the text, counted from its beginning. */
export function mentionsWithin(mentions: readonly Mention[], start: number, end: number): readonly Mention[] {
  return mentions
    .filter((mention) => mention.start >= start && mention.end <= end)
    .map((mention) => ({ ...mention, start: mention.start - start, end: mention.end - start }));
}
