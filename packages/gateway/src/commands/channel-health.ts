import type { ChannelRow, ChannelTrouble } from '../channels/channel.ts';
import type { Unit } from '../store/unit.ts';
import { changeChannel } from './change-channel.ts';

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
  await changeChannel(unit, id, (row) =>
    // Newer settings may be better ones.
    row.version === version
      ? {
          status,
          lastError: lastError.slice(0, 500),
          lastErrorAt: unit.now,
          ...(pauses && { pausedVersion: version, probedAt: unit.now }),
        }
      : null,
  );
}

/** Writes down what a provider said that changes nothing of what may be sent. */
export async function noteError(unit: Unit, { id }: Pick<ChannelRow, 'id'>, lastError: string): Promise<void> {
  await changeChannel(unit, id, () => ({ lastError: lastError.slice(0, 500), lastErrorAt: unit.now }));
}

/** It works again. What was said last against it stays, to be looked up. */
export async function noteWell(unit: Unit, { id, version }: Pick<ChannelRow, 'id' | 'version'>): Promise<void> {
  await changeChannel(unit, id, (row) =>
    row.version === version ? { status: 'healthy', pausedVersion: null, probedAt: null } : null,
  );
}
