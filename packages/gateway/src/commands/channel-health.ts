import type { ChannelRow, ChannelTrouble } from '../channels/channel.ts';
import type { Tx } from '../store/database.ts';
import type { Unit } from '../store/unit.ts';

/**
 * Writes down what a provider said against a channel. One that it lets nothing through pauses, until its settings are
 * changed or a probe succeeds. `version`: of the settings that it was tried with.
 */
export async function noteTrouble(
  unit: Unit,
  { id, version }: Pick<ChannelRow, 'id' | 'version'>,
  { status, pauses }: ChannelTrouble,
  lastError: string,
): Promise<void> {
  await unit.tx
    .updateTable('channels')
    .set({
      status,
      lastError: lastError.slice(0, 500),
      lastErrorAt: unit.now,
      ...(pauses && { pausedVersion: version, probedAt: unit.now }),
    })
    .where('id', '=', id)
    // Newer settings may be better ones.
    .where('version', '=', version)
    .execute();
}

/** It works again. What was said last against it stays, to be looked up. */
export async function noteWell(tx: Tx, { id, version }: Pick<ChannelRow, 'id' | 'version'>): Promise<void> {
  await tx
    .updateTable('channels')
    .set({ status: 'healthy', pausedVersion: null, probedAt: null })
    .where('id', '=', id)
    .where('version', '=', version)
    .execute();
}
