import { hasBot } from '../channels/bot.ts';
import type { ChannelRow } from '../channels/channel.ts';
import { openBox, type SecretBox } from '../channels/secret-box.ts';
import {
  isStaleConfig,
  openWhatsAppConfig,
  parseWhatsAppConfig,
  sealWhatsAppConfig,
  whatsAppConfigOf,
  whatsAppKind,
  type WhatsAppConfig,
} from '../channels/whatsapp/config.ts';
import {
  createChannel,
  deleteChannel,
  updateChannel,
  type ChannelChanges,
  type ChannelDeps,
  type NewChannel,
} from '../commands/save-channel.ts';
import { Refusal } from '../domain/problems.ts';
import { numbersOf } from '../store/channels.ts';
import type { Database } from '../store/database.ts';
import { runUnit, type Unit, type UnitScope } from '../store/unit.ts';
import { AdminError } from './admin-error.ts';
import { oldestQueueId } from './oldest-queue.ts';

/** Without its tokens and secrets. */
export interface WhatsAppChannel {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly phoneNumberId: string;
  readonly queueId: string | null;
  /** An automation has its conversations first. */
  readonly bot: boolean;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export type NewWhatsAppChannel = NewChannel;

/** With `secretBox`, tokens and app secrets are encrypted in the database. */
export interface ChannelScope extends UnitScope, ChannelDeps {}

/** Connects a number. One that is connected already is refused. */
export async function createWhatsAppChannel(
  scope: ChannelScope,
  workspaceId: string,
  channel: NewWhatsAppChannel,
): Promise<WhatsAppChannel> {
  return save(scope, workspaceId, channel, (existing) => {
    throw new AdminError(
      `unable to connect the number; its phone number id ${existing.externalId} belongs to the channel ${existing.id}`,
    );
  });
}

/** Connects a number, or gives the channel that it has the new settings. Changes nothing when nothing differs. */
export async function ensureWhatsAppChannel(
  scope: ChannelScope,
  workspaceId: string,
  channel: NewWhatsAppChannel,
): Promise<WhatsAppChannel> {
  return save(scope, workspaceId, channel, async (existing, unit) => {
    if (existing.workspaceId !== workspaceId) {
      throw new AdminError(
        `unable to connect the number; its phone number id ${existing.externalId} belongs to another workspace`,
      );
    }
    // Another key here than in another process: to write anew what that one reads would take the number from it.
    await openWhatsAppConfig(existing, scope.secretBox ?? openBox);
    // What the environment does not say stays as it is.
    const { phoneNumberId: _, ...settings } = channel.settings;
    return await updateChannel(unit, scope, existing.id, { ...settings, appSecrets: [...settings.appSecrets] });
  });
}

/** Changes what is given. With a new token, what waits for it is tried again. */
export async function updateWhatsAppChannel(
  scope: ChannelScope,
  workspaceId: string,
  id: string,
  changes: ChannelChanges,
): Promise<WhatsAppChannel> {
  return runUnit(scope, workspaceId, async (unit) => shown(await updateChannel(unit, scope, id, changes))).catch(
    (error: unknown) => explain(error, `unable to change the channel ${id}`),
  );
}

/** The numbers of a workspace, oldest first, without their secrets. */
export async function listWhatsAppChannels(
  { db }: Pick<UnitScope, 'db'>,
  workspaceId: string,
): Promise<readonly WhatsAppChannel[]> {
  const rows = await numbersOf(db.read, workspaceId).orderBy('createdAt').orderBy('id').execute();
  return rows.map(shown);
}

/** Disconnects a number that nobody has written to. One with contacts is refused: their history hangs on it. */
export async function deleteWhatsAppChannel(scope: UnitScope, workspaceId: string, id: string): Promise<void> {
  await runUnit(scope, workspaceId, (unit) => deleteChannel(unit, id)).catch((error: unknown) =>
    explain(error, `unable to delete the channel ${id}`),
  );
}

/**
 * Encrypts secrets that an older version wrote in clear, or that were encrypted with a former key.
 * @returns how many channels were written
 * @throws SecretBoxError when a channel cannot be read with the keys that are there
 */
export async function sealWhatsAppChannels({ db }: { readonly db: Database }, secretBox: SecretBox): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await db
      .lock(tx.selectFrom('channels').select(['id', 'config']).where('kind', '=', whatsAppKind).orderBy('id'))
      .execute();
    let written = 0;
    for (const row of rows) {
      if (!(await isStale(row, secretBox))) continue;
      const config = await sealWhatsAppConfig(await openWhatsAppConfig(row, secretBox), row.id, secretBox);
      // The settings are the same ones: no new version of them.
      await tx.updateTable('channels').set({ config }).where('id', '=', row.id).execute();
      written += 1;
    }
    return written;
  });
}

/** Channels whose settings cannot be read at all are left to the check of their health. */
async function isStale(row: Pick<ChannelRow, 'id' | 'config'>, secretBox: SecretBox): Promise<boolean> {
  let config: WhatsAppConfig;
  try {
    config = whatsAppConfigOf(row);
  } catch {
    return false;
  }
  if (isStaleConfig(config, secretBox)) return true;
  await openWhatsAppConfig(row, secretBox);
  return false;
}

function shown({ externalId, id, workspaceId, name, config, queueId, createdAt }: ChannelRow): WhatsAppChannel {
  return { id, workspaceId, name, phoneNumberId: externalId, queueId, bot: hasBot({ config }), createdAt };
}

async function save(
  scope: ChannelScope,
  workspaceId: string,
  { settings: given, name, queueId }: NewWhatsAppChannel,
  whenThere: (existing: ChannelRow, unit: Unit) => ChannelRow | Promise<ChannelRow>,
): Promise<WhatsAppChannel> {
  const settings = parseWhatsAppConfig(given);
  if (settings.appSecrets.length === 0) {
    throw new AdminError('unable to connect the number; without an app secret no webhook of it can be trusted');
  }
  return runUnit(scope, workspaceId, async (unit) => {
    const existing = () =>
      unit.tx
        .selectFrom('channels')
        .selectAll()
        .where('kind', '=', whatsAppKind)
        .where('externalId', '=', settings.phoneNumberId)
        .executeTakeFirst();
    const before = await existing();
    if (before) return shown(await whenThere(before, unit));
    const queue = await oldestQueueId(unit.tx, workspaceId, queueId);
    const made = await createChannel(unit, scope, { settings, name, queueId: queue });
    // Two processes started at once: what the other one made is there now.
    const row = made ?? (await existing());
    if (!row) throw new AdminError('unable to connect the number; it was deleted at the same moment. Try again.');
    return shown(made ?? (await whenThere(row, unit)));
  });
}

function explain(error: unknown, what: string): never {
  if (error instanceof Refusal) {
    if (error.code === 'not_found') throw new AdminError(`${what}; there is none with that id`);
    const reasons = error.details.errors?.map(({ path, message }) => `${path.replace('body.', '')} ${message}`);
    const reason = error.message.replace(/^./, (first) => first.toLowerCase()).replace(/\.$/, '');
    throw new AdminError(`${what}; ${reasons?.join(', ') ?? reason}`);
  }
  throw error;
}
