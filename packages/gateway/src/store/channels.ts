import type { Channel, ChannelHealth } from '@prosa/core/contract';
import { hasBot } from '../channels/bot.ts';
import { channelStatuses, type ChannelRow } from '../channels/channel.ts';
import { readReceiptsOf } from '../channels/read-receipts.ts';
import { whatsAppKind } from '../channels/whatsapp/config.ts';
import { messagesPerSecondOf } from '../channels/whatsapp/limits.ts';
import { isoTime } from '../clock.ts';
import type { Reader } from './database.ts';
import { afterCursor, pageOf } from './page.ts';
import { standingOf } from './standing.ts';

/** As people see it, at that time. What cannot be read of its settings is left empty: `health` tells it. */
export function channelOf(row: ChannelRow): Channel {
  const config = configOf(row);
  const end = (text: string | undefined) => ({ last4: text === undefined || text === '' ? null : text });
  return {
    id: row.id,
    kind: 'whatsapp',
    name: row.name,
    phoneNumberId: row.externalId,
    businessAccountId: config.businessAccountId ?? '',
    appId: config.appId ?? null,
    displayPhoneNumber: displayPhoneNumberOf(row),
    queueId: row.queueId,
    bot: hasBot(row),
    readReceipts: readReceiptsOf(row),
    messagesPerSecond: messagesPerSecondOf(row),
    graphVersion: config.graphVersion ?? '',
    accessToken: end(config.hints?.accessToken),
    appSecrets: (config.appSecrets ?? []).map((_, index) => end(config.hints?.appSecrets?.[index])),
    verifyToken: end(config.hints?.verifyToken),
    health: healthOf(row),
    createdAt: isoTime(row.createdAt),
    version: row.revision,
  };
}

function healthOf(row: ChannelRow): ChannelHealth {
  const { quality = null, messagingLimit = null, name = null, restrictions = {}, alert } = standingOf(row);
  return {
    status: channelStatuses.find((status) => status === row.status) ?? 'healthy',
    paused: row.pausedVersion === row.version,
    quality,
    messagingLimit,
    name,
    restrictions: Object.entries(restrictions).map(([type, { until }]) => ({
      type,
      until: until === null ? null : isoTime(until),
    })),
    alert: alert ? { ...alert, at: isoTime(alert.at) } : null,
    lastWebhookAt: row.lastWebhookAt === null ? null : isoTime(row.lastWebhookAt),
    lastError:
      row.lastError === null || row.lastErrorAt === null ? null : { text: row.lastError, at: isoTime(row.lastErrorAt) },
  };
}

/** As the settings say it, or else the provider. */
export function displayPhoneNumberOf(row: Pick<ChannelRow, 'config' | 'standing'>): string | null {
  return configOf(row).displayPhoneNumber ?? standingOf(row).displayPhoneNumber ?? null;
}

interface StoredConfig {
  readonly businessAccountId?: string;
  readonly appId?: string;
  readonly displayPhoneNumber?: string;
  readonly graphVersion?: string;
  readonly appSecrets?: readonly string[];
  readonly hints?: {
    readonly accessToken?: string;
    readonly appSecrets?: readonly string[];
    readonly verifyToken?: string;
  };
}

function configOf({ config }: Pick<ChannelRow, 'config'>): StoredConfig {
  try {
    return (JSON.parse(config) ?? {}) as StoredConfig;
  } catch {
    return {};
  }
}

export function numbersOf(db: Reader, workspaceId: string) {
  return db.selectFrom('channels').selectAll().where('workspaceId', '=', workspaceId).where('kind', '=', whatsAppKind);
}

const byCreation = { column: 'createdAt', id: 'id', type: 'number', order: 'asc' } as const;

/** Oldest first. */
export async function listChannels(
  db: Reader,
  workspaceId: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  let query = numbersOf(db, workspaceId)
    .orderBy('createdAt')
    .orderBy('id')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where(afterCursor(cursor, byCreation));
  return pageOf(await query.execute(), limit, (row) => ({ key: row.createdAt, id: row.id }), channelOf);
}
