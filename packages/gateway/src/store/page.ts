import { sql, type Expression, type SqlBool } from 'kysely';
import { fromBase64Url, toBase64Url } from '../base64url.ts';
import { refuse } from '../domain/problems.ts';

/** Where a page ended: the sort key and the id of its last row. */
export interface Position {
  readonly key: string | number;
  readonly id: string;
}

export function encodeCursor(position: Position): string {
  const bytes = new TextEncoder().encode(JSON.stringify([position.key, position.id]));
  return toBase64Url(bytes);
}

/** Refuses what this gateway did not make. `type` is the type of the sort key. */
export function decodeCursor(cursor: string, type: 'string' | 'number'): Position {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(fromBase64Url(cursor));
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed) && parsed.length === 2 && typeof parsed[1] === 'string') {
      const key: unknown = parsed[0];
      // What PostgreSQL cannot compare is none of ours: fractions, NUL.
      const known = typeof key === 'string' ? !text.includes('\\u0000') : Number.isSafeInteger(key);
      if (typeof key === type && known && !parsed[1].includes('\0')) {
        return { key: key as string | number, id: parsed[1] };
      }
    }
  } catch {
    // Falls through to the refusal: whatever is wrong with it, the answer is the same.
  }
  refuse('cursor_invalid', { detail: 'Start again from the first page, without a cursor.' });
}

export const byName = { column: 'name', id: 'id', type: 'string', order: 'asc' } as const;

/** Rows that come after the cursor in the order of `key`, then `id`. */
export function afterCursor(
  cursor: string,
  key: {
    readonly column: string;
    readonly id: string;
    readonly type: 'string' | 'number';
    readonly order: 'asc' | 'desc';
  },
): Expression<SqlBool> {
  const after = decodeCursor(cursor, key.type);
  const row = sql`(${sql.ref(key.column)}, ${sql.ref(key.id)})`;
  const position = sql`(${after.key}, ${after.id})`;
  return key.order === 'asc' ? sql<SqlBool>`${row} > ${position}` : sql<SqlBool>`${row} < ${position}`;
}

/** Cuts a result that was read with one row more than the page holds. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => Position,
  itemOf: (row: Row) => Item,
): { data: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(itemOf),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(positionOf(last)) : null,
  };
}
