/** What the caret stands behind: the beginning of a name, of a reply, or of a placeholder. */
export interface Trigger {
  readonly kind: 'mention' | 'canned' | 'placeholder';
  /** Without the sign. */
  readonly query: string;
  /** What a choice replaces. */
  readonly start: number;
  readonly end: number;
}

/** Nobody looks for something with more letters; it also bounds the work per key. */
const longestQuery = 40;

const patterns = [
  // A name may have a blank; an address (`ana@exemplo.com`) is none.
  { kind: 'mention', query: /(?:^|[\s([{>"'])@([^\s@]*(?: [^\s@]+)?)$/u },
  // `1/2` and `https://` are none.
  { kind: 'canned', query: /(?:^|\s)\/([^\s/]*)$/u },
  { kind: 'placeholder', query: /\{([\p{L}_.]*)$/u },
] as const;

/** The sign that stands before the caret, `@`, `/` or `{`, with what was typed after it. */
export function triggerAt(text: string, caret: number, kinds: readonly Trigger['kind'][]): Trigger | null {
  const before = text.slice(Math.max(0, caret - longestQuery - 2), caret);
  for (const { kind, query: pattern } of patterns) {
    const query = kinds.includes(kind) ? pattern.exec(before)?.[1] : undefined;
    if (query === undefined || query.length > longestQuery) continue;
    return { kind, query, start: caret - query.length - 1, end: caret };
  }
  return null;
}
