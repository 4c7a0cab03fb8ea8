import type { Settings } from '@prosa/core/contract';
import { isoTime } from '../clock.ts';
import { parseSettings, type WorkspaceSettings } from '../domain/workspace-settings.ts';
import type { Reader } from './database.ts';

/** How the workspace works, for commands that only read it. */
export async function workspaceSettings(
  db: Reader,
  workspaceId: string,
): Promise<WorkspaceSettings & { readonly timeZone: string }> {
  const { settings, timeZone } = await db
    .selectFrom('workspaces')
    .select(['settings', 'timeZone'])
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return { ...parseSettings(settings), timeZone };
}

export async function getSettings(db: Reader, workspaceId: string): Promise<Settings> {
  const row = await db.selectFrom('workspaces').selectAll().where('id', '=', workspaceId).executeTakeFirstOrThrow();
  return {
    ...parseSettings(row.settings),
    timeZone: row.timeZone,
    updatedAt: isoTime(row.settingsUpdatedAt),
    version: row.settingsVersion,
  };
}
