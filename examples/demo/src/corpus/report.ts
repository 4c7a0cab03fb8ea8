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

export function summaryOf(results: readonly Replayed[]): { readonly line: string; readonly failed: number } {
  const count = (fits: (result: Replayed) => boolean) => results.filter(fits).length;
  const stored = results.flatMap((result) => result.stored);
  const statuses = stored.filter((what) => what.startsWith('status ')).length;
  const failed = count(({ answered, repeated, kept, note }) => {
    return answered !== 200 || repeated !== 200 || !kept || (note?.includes('failed:') ?? false);
  });
  const line =
    `${results.length} envelopes: ${count(({ answered }) => answered === 200)} answered 200, ` +
    `${count(({ kept }) => kept)} kept, ${stored.length - statuses} messages, ${statuses} statuses, ${failed} failed`;
  return { line, failed };
}
