/** What became of one envelope. */
export interface Replayed {
  readonly name: string;
  /** HTTP status, and that of the same POST again. */
  readonly answered: number;
  readonly repeated: number;
  /** Its bytes are in the database. */
  readonly kept: boolean;
  /** What the store has of it: `text`, `image`, `status delivered`. */
  readonly stored: readonly string[];
  /** What was left alone, and why. */
  readonly note: string | null;
}

/** What is counted by itself, by how it begins; everything else is a message of a customer. */
const kinds: readonly (readonly [prefix: string, name: string])[] = [
  ['status ', 'statuses'],
  ['reaction', 'reactions'],
  ['edit', 'edits'],
  ['revoke', 'deletions'],
  ['file for later', 'files of the history'],
  ['echo ', 'echoes'],
  ['history ', 'messages of the history'],
  ['person ', 'news of people'],
  ['health ', 'news of numbers'],
];

export function summaryOf(results: readonly Replayed[]): { readonly line: string; readonly failed: number } {
  const count = (fits: (result: Replayed) => boolean) => results.filter(fits).length;
  const stored = results.flatMap((result) => result.stored);
  const kindOf = (what: string) => kinds.find(([prefix]) => what.startsWith(prefix))?.[1] ?? 'messages';
  const counted = ['messages', ...kinds.map(([, name]) => name)].map((name) => {
    return [name, stored.filter((what) => kindOf(what) === name).length] as const;
  });
  const failed = count(({ answered, repeated, kept, note }) => {
    return answered !== 200 || repeated !== 200 || !kept || (note?.includes('failed:') ?? false);
  });
  const line =
    `${results.length} envelopes: ${count(({ answered }) => answered === 200)} answered 200, ` +
    `${count(({ kept }) => kept)} kept, ` +
    `${counted.map(([name, number]) => (number === 0 ? '' : `${number} ${name}, `)).join('')}${failed} failed`;
  return { line, failed };
}
