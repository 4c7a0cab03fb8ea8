import type { BodyOf, Routes } from '@prosa/core/contract';
import type { ChannelRow } from '../channels/channel.ts';
import { openBox, SecretBoxError, type SecretBox } from '../channels/secret-box.ts';
import {
  openWhatsAppConfig,
  parseWhatsAppConfig,
  sealWhatsAppConfig,
  whatsAppKind,
  type WhatsAppConfig,
} from '../channels/whatsapp/config.ts';
import { newId } from '../domain/ids.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { channelOf, numbersOf } from '../store/channels.ts';
import { templateOf } from '../store/message-templates.ts';
import type { Unit } from '../store/unit.ts';
import { changeChannel } from './change-channel.ts';

export interface ChannelDeps {
  readonly secretBox?: SecretBox | undefined;
}

export interface NewChannel {
  readonly settings: WhatsAppConfig;
  readonly name?: string | undefined;
  /** The workspace's oldest when absent. */
  readonly queueId?: string | undefined;
}

/** Connects a number. `null`: it is connected already, here or elsewhere. */
export async function createChannel(
  unit: Unit,
  { secretBox = openBox }: ChannelDeps,
  { settings: given, name, queueId }: NewChannel,
): Promise<ChannelRow | null> {
  const settings = parseWhatsAppConfig(given);
  const id = newId('channel', unit.now);
  const externalId = settings.phoneNumberId;
  const row = await unit.tx
    .insertInto('channels')
    .values({
      id,
      workspaceId: unit.workspaceId,
      kind: whatsAppKind,
      name: name ?? `WhatsApp ${settings.displayPhoneNumber ?? externalId}`,
      externalId,
      config: await sealWhatsAppConfig(settings, id, secretBox),
      queueId: await queueOf(unit, queueId),
      createdAt: unit.now,
      version: 1,
    })
    .onConflict((conflict) => conflict.columns(['kind', 'externalId']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) return null;
  unit.emit('channel.created', { channel: channelOf(row) });
  return row;
}

export type ChannelChanges = BodyOf<Routes['channels']['update']> &
  Partial<Pick<WhatsAppConfig, 'baseUrl' | 'displayPhoneNumber'>>;

const secretFields = ['accessToken', 'appSecrets', 'verifyToken'];

/**
 * Changes a number. With new settings it is let in again: what waited is tried. Secrets that cannot be opened any more
 * are no hindrance as long as all of them are given anew.
 */
export async function updateChannel(
  unit: Unit,
  { secretBox = openBox }: ChannelDeps,
  channelId: string,
  { name, queueId, ...changes }: ChannelChanges,
): Promise<ChannelRow> {
  const query = numbersOf(unit.tx, unit.workspaceId).where('id', '=', channelId);
  const row = (await unit.db.lock(query).executeTakeFirst()) ?? missing();
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const before = await openWhatsAppConfig(row, secretBox).catch((error: unknown) => {
    if (!(error instanceof SecretBoxError)) throw error;
    const errors = secretFields
      .filter((name) => !(name in given))
      .map((name) => ({ path: `body.${name}`, message: 'must be given too: what is stored cannot be read any more' }));
    if (errors.length === 0) return null;
    refuse('validation_failed', { detail: error.message, errors });
  });
  const settings = parseWhatsAppConfig({ ...(before ?? JSON.parse(row.config)), ...given });
  const same = before !== null && JSON.stringify(before) === JSON.stringify(settings);
  const config = same ? row.config : await sealWhatsAppConfig(settings, row.id, secretBox);
  const queue = queueId === undefined ? row.queueId : await queueOf(unit, queueId);
  const saved = await changeChannel(unit, row.id, (current) => ({
    name: name ?? current.name,
    queueId: queue,
    ...(config !== row.config && { config, version: row.version + 1, status: 'healthy' }),
  }));
  // Its messages do not wait for the next round of probes.
  if (config !== row.config) unit.wake({ topic: 'jobs' });
  return saved ?? missing();
}

/** Disconnects a number that nobody has written to. Its templates stay at the provider. */
export async function deleteChannel(unit: Unit, channelId: string): Promise<void> {
  const row = await unit.db.lock(numbersOf(unit.tx, unit.workspaceId).where('id', '=', channelId)).executeTakeFirst();
  if (!row) missing();
  const contact = await unit.tx.selectFrom('contacts').select('id').where('channelId', '=', row.id).executeTakeFirst();
  if (contact) refuse('in_use', { detail: 'People have written to it, and their history stays.' });
  const dispatch = await unit.tx
    .selectFrom('dispatches')
    .select('id')
    .where('channelId', '=', row.id)
    .where('status', 'in', ['scheduled', 'running'])
    .executeTakeFirst();
  if (dispatch) refuse('in_use', { detail: 'A dispatch goes out from it: cancel that first.' });
  const templates = await unit.tx
    .deleteFrom('messageTemplates')
    .where('channelId', '=', row.id)
    .returningAll()
    .execute();
  for (const table of ['jobs', 'earlyStatuses', 'earlyChanges', 'takenChanges'] as const) {
    await unit.tx.deleteFrom(table).where('channelId', '=', row.id).execute();
  }
  await unit.tx.deleteFrom('channels').where('id', '=', row.id).execute();
  for (const template of templates) {
    if (template.deletedAt === null) unit.emit('template.deleted', { template: templateOf(template) });
  }
  unit.emit('channel.deleted', { channel: { ...channelOf(row), version: row.revision + 1 } });
}

function missing(): never {
  notFound('channel');
}

/** The queue of this id, or the workspace's oldest. */
async function queueOf({ tx, workspaceId }: Unit, queueId: string | undefined): Promise<string> {
  let query = tx.selectFrom('queues').select('id').where('workspaceId', '=', workspaceId);
  if (queueId !== undefined) query = query.where('id', '=', queueId);
  const queue = await query.orderBy('createdAt').orderBy('id').executeTakeFirst();
  if (queue) return queue.id;
  refuse('validation_failed', { errors: [{ path: 'body.queueId', message: 'must name a queue of the workspace' }] });
}
