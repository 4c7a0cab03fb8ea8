import type { BodyOf, Routes, Settings } from '@prosa/core/contract';
import { refuse } from '../domain/problems.ts';
import { protocolFormatProblem } from '../domain/protocol-format.ts';
import { isTimeZone } from '../domain/time-zone.ts';
import { mergeSettings, parseSettings } from '../domain/workspace-settings.ts';
import { getSettings } from '../store/settings.ts';
import type { Unit } from '../store/unit.ts';

/** Changes what is given; saying again what is so already changes nothing. */
export async function updateSettings(unit: Unit, changes: BodyOf<Routes['settings']['update']>): Promise<Settings> {
  requireValid(changes);
  const query = unit.tx.selectFrom('workspaces').selectAll().where('id', '=', unit.workspaceId);
  const row = await unit.db.lock(query).executeTakeFirstOrThrow();
  const before = parseSettings(row.settings);
  const merged = mergeSettings(before, changes);
  const after = { ...merged, pauseReasons: [...new Set(merged.pauseReasons)] };
  const timeZone = changes.timeZone ?? row.timeZone;
  if (timeZone === row.timeZone && JSON.stringify(after) === JSON.stringify(before)) {
    return await getSettings(unit.tx, unit.workspaceId);
  }
  await unit.tx
    .updateTable('workspaces')
    .set({
      timeZone,
      settings: JSON.stringify(after),
      settingsUpdatedAt: unit.now,
      settingsVersion: row.settingsVersion + 1,
    })
    .where('id', '=', unit.workspaceId)
    .execute();
  const settings = await getSettings(unit.tx, unit.workspaceId);
  unit.emit('settings.updated', { settings });
  return settings;
}

function requireValid({ timeZone, protocolFormat }: BodyOf<Routes['settings']['update']>): void {
  const formatProblem = protocolFormat === undefined ? null : protocolFormatProblem(protocolFormat);
  const errors = [
    ...(timeZone !== undefined && !isTimeZone(timeZone)
      ? [{ path: 'body.timeZone', message: 'must be a time zone such as America/Sao_Paulo' }]
      : []),
    ...(formatProblem === null ? [] : [{ path: 'body.protocolFormat', message: formatProblem }]),
  ];
  if (errors.length > 0) refuse('validation_failed', { errors });
}
