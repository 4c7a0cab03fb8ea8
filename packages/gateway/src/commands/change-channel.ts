import type { Updateable } from 'kysely';
import type { ChannelRow } from '../channels/channel.ts';
import { channelOf } from '../store/channels.ts';
import type { ChannelsTable } from '../store/schema.ts';
import type { Unit } from '../store/unit.ts';

type Changes = Partial<Updateable<ChannelsTable>>;

/** What alone is not worth telling. */
const quiet: ReadonlySet<string> = new Set(['probedAt', 'lastErrorAt']);

/**
 * Writes what is different and tells it; nothing when nothing is. The row is not locked beforehand: who locks a channel
 * makes everything wait that is written about it.
 * @returns the row as it is now; `null`: there is none, or `change` wants nothing
 */
export async function changeChannel(
  unit: Unit,
  channelId: string,
  change: (row: ChannelRow) => Changes | null,
): Promise<ChannelRow | null> {
  for (;;) {
    const before = await unit.tx
      .selectFrom('channels')
      .selectAll()
      .where('workspaceId', '=', unit.workspaceId)
      .where('id', '=', channelId)
      .executeTakeFirst();
    const changes = before ? change(before) : null;
    if (!before || changes === null) return null;
    const changed = Object.entries(changes).filter(([name, value]) => before[name as keyof ChannelRow] !== value);
    if (changed.length === 0) return before;
    const told = changed.some(([name]) => !quiet.has(name));
    const after = await unit.tx
      .updateTable('channels')
      .set({ ...changes, revision: before.revision + (told ? 1 : 0) })
      .where('id', '=', channelId)
      .where('revision', '=', before.revision)
      .returningAll()
      .executeTakeFirst();
    // Another process was faster: what it wrote has to be looked at first.
    if (!after) continue;
    if (told) unit.emit('channel.updated', { channel: channelOf(after) });
    return after;
  }
}
