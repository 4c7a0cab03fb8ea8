import { hasBot } from '../channels/bot.ts';
import {
  parseWhatsAppConfig,
  whatsAppConfigOf,
  whatsAppKind,
  type WhatsAppConfig,
} from '../channels/whatsapp/config.ts';
import { newId } from '../domain/ids.ts';
import type { Tx } from '../store/database.ts';
import type { UnitScope } from '../store/unit.ts';
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

export interface NewWhatsAppChannel {
  readonly settings: WhatsAppConfig;
  readonly name?: string | undefined;
  /** Where its conversations wait; the workspace's oldest queue when absent. */
  readonly queueId?: string | undefined;
}

/** Connects a number. One that is connected already is refused. */
export async function createWhatsAppChannel(
  scope: UnitScope,
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
  scope: UnitScope,
  workspaceId: string,
  channel: NewWhatsAppChannel,
): Promise<WhatsAppChannel> {
  return save(scope, workspaceId, channel, async (existing, tx) => {
    if (existing.workspaceId !== workspaceId) {
      throw new AdminError(
        `unable to connect the number; its phone number id ${existing.externalId} belongs to another workspace`,
      );
    }
    // Whether it has an automation is not said by the environment: it stays.
    const bot = channel.settings.bot ?? whatsAppConfigOf(existing).bot;
    const config = JSON.stringify(parseWhatsAppConfig({ ...channel.settings, bot }));
    if (existing.config !== config) {
      await tx
        .updateTable('channels')
        .set((eb) => ({ config, version: eb('version', '+', 1) }))
        .where('workspaceId', '=', workspaceId)
        .where('id', '=', existing.id)
        .execute();
    }
    return shown({ ...existing, config });
  });
}

/** Whether an automation has the conversations of the number first. Those that have begun go on as they are. */
export async function updateWhatsAppChannel(
  { db }: UnitScope,
  workspaceId: string,
  id: string,
  { bot }: { readonly bot: boolean },
): Promise<WhatsAppChannel> {
  return db.transaction(async (tx) => {
    const query = tx
      .selectFrom('channels')
      .selectAll()
      .where('workspaceId', '=', workspaceId)
      .where('kind', '=', whatsAppKind)
      .where('id', '=', id);
    const before = await db.lock(query).executeTakeFirst();
    if (!before) throw new AdminError(`unable to change the channel; there is none with the id "${id}"`);
    const config = JSON.stringify({ ...whatsAppConfigOf(before), bot });
    await tx
      .updateTable('channels')
      .set((eb) => ({ config, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute();
    return shown({ ...before, config });
  });
}

export async function listWhatsAppChannels(
  { db }: Pick<UnitScope, 'db'>,
  workspaceId: string,
): Promise<readonly WhatsAppChannel[]> {
  const rows = await db.read
    .selectFrom('channels')
    .select(['id', 'workspaceId', 'name', 'externalId', 'config', 'queueId', 'createdAt'])
    .where('workspaceId', '=', workspaceId)
    .where('kind', '=', whatsAppKind)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map(shown);
}

/** Disconnects a number that nobody has written to. One with contacts is refused: their history hangs on it. */
export async function deleteWhatsAppChannel({ db }: UnitScope, workspaceId: string, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const contact = await tx
      .selectFrom('contacts')
      .select('id')
      .where('workspaceId', '=', workspaceId)
      .where('channelId', '=', id)
      .executeTakeFirst();
    if (contact)
      throw new AdminError('unable to delete the channel; people have written to it, and their history stays');
    const { numDeletedRows } = await tx
      .deleteFrom('channels')
      .where('workspaceId', '=', workspaceId)
      .where('kind', '=', whatsAppKind)
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) throw new AdminError(`unable to delete the channel; there is none with the id "${id}"`);
  });
}

interface ChannelRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly externalId: string;
  readonly config: string;
  readonly queueId: string | null;
  readonly createdAt: number;
}

function shown({ externalId, id, workspaceId, name, config, queueId, createdAt }: ChannelRow): WhatsAppChannel {
  return { id, workspaceId, name, phoneNumberId: externalId, queueId, bot: hasBot({ config }), createdAt };
}

async function save(
  { db, clock }: UnitScope,
  workspaceId: string,
  { settings: given, name, queueId }: NewWhatsAppChannel,
  whenThere: (existing: ChannelRow, tx: Tx) => WhatsAppChannel | Promise<WhatsAppChannel>,
): Promise<WhatsAppChannel> {
  const settings = parseWhatsAppConfig(given);
  const externalId = settings.phoneNumberId;
  if (settings.appSecrets.length === 0) {
    throw new AdminError('unable to connect the number; without an app secret no webhook of it can be trusted');
  }
  return db.transaction(async (tx) => {
    const existing = await db
      .lock(tx.selectFrom('channels').selectAll().where('kind', '=', whatsAppKind).where('externalId', '=', externalId))
      .executeTakeFirst();
    if (existing) return whenThere(existing, tx);
    const createdAt = clock.now();
    const row = {
      id: newId('channel', createdAt),
      workspaceId,
      kind: whatsAppKind,
      name: name ?? `WhatsApp ${settings.displayPhoneNumber ?? externalId}`,
      externalId,
      config: JSON.stringify(settings),
      queueId: await oldestQueueId(tx, workspaceId, queueId),
      createdAt,
      version: 1,
    };
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('channels')
      .values(row)
      .onConflict((conflict) => conflict.columns(['kind', 'externalId']).doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) {
      // Two processes started at once: what the other one made is there now.
      const other = await tx
        .selectFrom('channels')
        .selectAll()
        .where('kind', '=', whatsAppKind)
        .where('externalId', '=', externalId)
        .executeTakeFirstOrThrow();
      return whenThere(other, tx);
    }
    return shown(row);
  });
}
