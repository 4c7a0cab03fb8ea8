import { canResume, newestSeq } from './read-log.ts';
import type { StreamDeps } from './stream.ts';
import type { StreamView } from './view.ts';

/** Where the reader goes on: after its cursor, or from now on. */
export async function beginOf(
  { db, cursors }: Pick<StreamDeps, 'db' | 'cursors'>,
  { workspaceId, readerId }: StreamView,
  cursor: string | null,
): Promise<{ readonly resumed: boolean; readonly position: number }> {
  const offered = cursor === null ? null : await cursors.decode(cursor, readerId);
  const resumed = offered !== null && (await canResume(db.read, workspaceId, offered));
  return { resumed, position: resumed ? offered : await newestSeq(db.read, workspaceId) };
}
