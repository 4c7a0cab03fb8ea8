import {
  defaultWebchatSettings,
  parseWebchatSettings,
  webchatKind,
  webchatSettingsOf,
  type WebchatSettings,
} from '../channels/webchat/config.ts';
import type { ChannelRow } from '../channels/channel.ts';
import { newId } from '../domain/ids.ts';
import type { UnitScope } from '../store/unit.ts';
import { AdminError } from './admin-error.ts';
import { oldestQueueId } from './oldest-queue.ts';
import { parseOrigin } from './origins.ts';

/** A webchat as administrators see it. */
export interface WebchatChannel {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  /** `wck_…`, for the page's markup. */
  readonly key: string;
  readonly settings: WebchatSettings;
  readonly queueId: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** What is absent has its default, or stays. */
export type WebchatChanges = Given<Omit<WebchatSettings, 'form'>> & {
  readonly form?: Given<WebchatSettings['form']> | undefined;
};

type Given<Fields> = { readonly [Name in keyof Fields]?: Fields[Name] | undefined };

/** A webchat to make. Without `settings.origins` no page may open it. */
export interface NewWebchatChannel {
  readonly settings?: WebchatChanges | undefined;
  /** How administrators call it; the title when absent. */
  readonly name?: string | undefined;
  /** Where its conversations wait; the workspace's oldest queue when absent. */
  readonly queueId?: string | undefined;
}

const keyCharacters = '0123456789abcdefghjkmnpqrstvwxyz';

/** A webchat for the websites in `settings.origins`. Its `key` goes into their markup. */
export async function createWebchatChannel(
  { db, clock }: UnitScope,
  workspaceId: string,
  { settings: given = {}, name, queueId }: NewWebchatChannel = {},
): Promise<WebchatChannel> {
  const settings = changedSettings(defaultWebchatSettings, given);
  const createdAt = clock.now();
  const key = Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => keyCharacters[byte & 31]).join('');
  return db.transaction(async (tx) => {
    const row = {
      id: newId('channel', createdAt),
      workspaceId,
      kind: webchatKind,
      name: name ?? settings.title,
      externalId: `wck_${key}`,
      config: JSON.stringify(settings),
      queueId: await oldestQueueId(tx, workspaceId, queueId),
      createdAt,
      version: 1,
    };
    await tx.insertInto('channels').values(row).execute();
    return shown(row);
  });
}

/** In the order of their making. */
export async function listWebchatChannels(
  { db }: Pick<UnitScope, 'db'>,
  workspaceId: string,
): Promise<readonly WebchatChannel[]> {
  const rows = await db.read
    .selectFrom('channels')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('kind', '=', webchatKind)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map(shown);
}

/** Pages see it with their next visit. A list that is given replaces the one that was. */
export async function updateWebchatChannel(
  { db }: UnitScope,
  workspaceId: string,
  id: string,
  { settings = {}, name, queueId }: NewWebchatChannel,
): Promise<WebchatChannel> {
  return db.transaction(async (tx) => {
    const before = await db
      .lock(
        tx
          .selectFrom('channels')
          .selectAll()
          .where('workspaceId', '=', workspaceId)
          .where('kind', '=', webchatKind)
          .where('id', '=', id),
      )
      .executeTakeFirst();
    if (!before) throw new AdminError(`unable to change the webchat; there is none with the id "${id}"`);
    const after = {
      ...before,
      name: name ?? before.name,
      config: JSON.stringify(changedSettings(webchatSettingsOf(before), settings)),
      queueId: queueId === undefined ? before.queueId : await oldestQueueId(tx, workspaceId, queueId),
      version: before.version + 1,
    };
    const { config, version } = after;
    await tx
      .updateTable('channels')
      .set({ name: after.name, config, queueId: after.queueId, version })
      .where('id', '=', id)
      .execute();
    return shown(after);
  });
}

/** Deletes a webchat that nobody has written to. One with conversations is refused: their history hangs on it. */
export async function deleteWebchatChannel({ db }: UnitScope, workspaceId: string, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const conversation = await tx
      .selectFrom('conversations')
      .select('id')
      .where('workspaceId', '=', workspaceId)
      .where('channelId', '=', id)
      .executeTakeFirst();
    if (conversation) {
      throw new AdminError(
        'unable to delete the webchat; people have written to it, and their history stays. To switch it off, take its origins away',
      );
    }
    const found = await tx
      .selectFrom('channels')
      .select('id')
      .where('workspaceId', '=', workspaceId)
      .where('kind', '=', webchatKind)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!found) throw new AdminError(`unable to delete the webchat; there is none with the id "${id}"`);
    // Visitors who looked and said nothing.
    await tx.deleteFrom('visitorSessions').where('channelId', '=', id).execute();
    await tx.deleteFrom('contacts').where('channelId', '=', id).execute();
    await tx.deleteFrom('channels').where('id', '=', id).execute();
  });
}

function changedSettings(before: WebchatSettings, { form, origins, ...changes }: WebchatChanges): WebchatSettings {
  try {
    return parseWebchatSettings({
      ...before,
      ...given(changes),
      form: { ...before.form, ...given(form ?? {}) },
      origins: origins === undefined ? before.origins : [...new Set(origins.map(parseOrigin))],
    });
  } catch (error) {
    if (error instanceof AdminError) throw error;
    throw new AdminError((error as Error).message, { cause: error });
  }
}

function given(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

type Shown = Pick<ChannelRow, 'id' | 'workspaceId' | 'name' | 'externalId' | 'config' | 'queueId' | 'createdAt'>;

function shown(row: Shown): WebchatChannel {
  const { id, workspaceId, name, externalId: key, queueId, createdAt } = row;
  return { id, workspaceId, name, key, settings: webchatSettingsOf(row), queueId, createdAt };
}
