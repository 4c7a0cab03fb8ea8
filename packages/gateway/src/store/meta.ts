import type { Reader } from './database.ts';

/** Written once by the migrations. */
export interface Meta {
  /** Renewed when the database is restored or imported: cursors of before are worth nothing then. */
  readonly epoch: string;
  /** Random bytes, base64url. Keys for cursors and links are derived from it. */
  readonly secret: string;
}

export async function readMeta(db: Reader): Promise<Meta> {
  const rows = await db.selectFrom('meta').selectAll().where('key', 'in', ['epoch', 'secret']).execute();
  const values = new Map(rows.map((row) => [row.key, row.value]));
  const epoch = values.get('epoch');
  const secret = values.get('secret');
  if (epoch === undefined || secret === undefined) {
    throw new Error('unable to read the database; it has not been migrated: run `prosa-gateway migrate`');
  }
  return { epoch, secret };
}
