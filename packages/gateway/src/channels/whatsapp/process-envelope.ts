import type { Selectable } from 'kysely';
import { minute, type Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { lockContacts } from '../../commands/resolve-contact.ts';
import { DatabaseUnavailableError } from '../../store/database-unavailable.ts';
import type { Database } from '../../store/database.ts';
import { displayPhoneNumberOf } from '../../store/channels.ts';
import type { EnvelopesTable } from '../../store/schema.ts';
import { runUnit, type Unit } from '../../store/unit.ts';
import type { ChannelRow } from '../channel.ts';
import { whatsAppConfigOf } from './config.ts';
import { parseEnvelope } from './parse/envelope.ts';
import type { NumberOfOurs, ParsedItem } from './parse/items.ts';
import { numberNamed } from './standing.ts';
import { errorIn, heedErrors, type ToldError } from './told-errors.ts';
import { peopleOf, takeItem, weightOf, type TakenItem } from './take-item.ts';

export interface ProcessDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
}

type Envelope = Selectable<EnvelopesTable>;
type Task = {
  readonly channel: ChannelRow;
  readonly item: TakenItem;
};

/** Messages, statuses and the like that share a transaction, at most. */
const weightAtOnce = 100;
const noteLength = 1000;
const roundsAfterCollision = 3;

export interface Processed {
  /** What was left alone and why; `null` when there was nothing. */
  readonly note: string | null;
  /** Whether every item that is ours to take was taken. */
  readonly complete: boolean;
}

/**
 * Does what a stored webhook says. Each item is harmless to repeat, so a crash in the middle costs nothing. A bad item
 * does not harm its neighbours.
 */
export async function processEnvelope(
  deps: ProcessDeps,
  envelope: Envelope,
  renew: () => Promise<void>,
): Promise<Processed> {
  const items = itemsOf(envelope);
  const channels = await channelsOf(deps.db, envelope);
  const notes = new Set<string>();
  const tasks: Task[] = [];
  const told: ToldError[] = [];
  for (const item of items) {
    const error = errorIn(item, envelope.receivedAt);
    if (error !== null && 'phoneNumberId' in item) {
      const channel = channelOfNumber(item, channels);
      if (channel) told.push({ ...error, channel });
    }
    if (item.kind === 'ignored') notes.add(`ignored: ${item.what}`);
    else if (item.kind === 'error') notes.add(`error ${item.code}: ${item.detail}`);
    else {
      const meant = channelsFor(item, channels);
      if (meant.length === 0) notes.add('businessAccountId' in item ? 'unknown account' : 'unknown number');
      if (item.kind === 'account_news') notes.add(`news: ${item.news.field}`);
      for (const channel of meant) tasks.push({ channel, item });
    }
  }
  await noteHeard(deps.db, envelope, tasks);
  const failures = new Set<string>();
  for (const group of groupsOf(tasks)) {
    await processGroup(deps, group, failures);
    await renew();
  }
  await heedErrors(deps, told);
  const note = [...failures, ...notes].join('; ').slice(0, noteLength);
  return { note: note === '' ? null : note, complete: failures.size === 0 };
}

/** To the minute: a busy number's row is not written with each webhook. */
async function noteHeard(db: Database, { receivedAt }: Envelope, tasks: readonly Task[]): Promise<void> {
  const heard = tasks.map(({ channel }) => channel);
  const ids = heard.filter(({ lastWebhookAt }) => (lastWebhookAt ?? 0) < receivedAt - minute).map(({ id }) => id);
  if (ids.length === 0) return;
  await db.transaction((tx) =>
    tx
      .updateTable('channels')
      .set({ lastWebhookAt: receivedAt })
      .where('id', 'in', [...new Set(ids)])
      .where((eb) => eb.or([eb('lastWebhookAt', 'is', null), eb('lastWebhookAt', '<', receivedAt)]))
      .execute(),
  );
}

function itemsOf(envelope: Envelope): readonly ParsedItem[] {
  let body: unknown;
  try {
    body = JSON.parse(envelope.body);
  } catch {
    return [{ kind: 'ignored', what: 'not JSON' }];
  }
  return parseEnvelope(body, envelope.receivedAt);
}

/** The channels whose secret signed the envelope, by number: it can speak of no others. */
async function channelsOf(db: Database, envelope: Envelope): Promise<ReadonlyMap<string, ChannelRow>> {
  const ids = JSON.parse(envelope.channelIds) as readonly string[];
  if (ids.length === 0) return new Map();
  const rows = await db.read.selectFrom('channels').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.externalId, row]));
}

/** Messages are a number's; templates and news of the account belong to the account, which may have several. */
function channelsFor(item: Task['item'], channels: ReadonlyMap<string, ChannelRow>): readonly ChannelRow[] {
  // Meta writes 0 where it does not say the account ("Calling", settings); then only the number tells.
  if (item.kind === 'account_news' && item.businessAccountId === '0') {
    const channel = channelOfNumber({ phoneNumberId: null, dialled: numberNamed(item.news) ?? '' }, channels);
    return channel ? [channel] : [];
  }
  if ('businessAccountId' in item) {
    return [...channels.values()].filter((channel) => accountOf(channel) === item.businessAccountId);
  }
  const channel = channelOfNumber(item, channels);
  return channel ? [channel] : [];
}

/** By the id of its number; only what says none is looked up by the number itself. */
function channelOfNumber(
  { phoneNumberId, dialled }: NumberOfOurs,
  channels: ReadonlyMap<string, ChannelRow>,
): ChannelRow | undefined {
  if (phoneNumberId !== null) return channels.get(phoneNumberId);
  if (dialled === undefined) return undefined;
  return [...channels.values()].find((channel) => displayPhoneNumberOf(channel)?.replace(/\D/g, '') === dialled);
}

function accountOf(channel: ChannelRow): string | null {
  try {
    return whatsAppConfigOf(channel).businessAccountId;
  } catch {
    // It has been made invalid since it signed.
    return null;
  }
}

/** Runs of the same workspace, in order. */
function* groupsOf(tasks: readonly Task[]): Generator<readonly Task[]> {
  let group: Task[] = [];
  let weight = 0;
  for (const task of tasks) {
    const [first] = group;
    weight += weightOf(task.item);
    if (first && (first.channel.workspaceId !== task.channel.workspaceId || weight > weightAtOnce)) {
      yield group;
      group = [];
      weight = weightOf(task.item);
    }
    group.push(task);
  }
  if (group.length > 0) yield group;
}

/** All in one transaction; when that fails, each by itself, so that only what is bad is left out. */
async function processGroup(deps: ProcessDeps, group: readonly Task[], failures: Set<string>): Promise<void> {
  const [first] = group;
  if (!first) return;
  const { workspaceId } = first.channel;
  try {
    await runUnit(deps, workspaceId, async (unit) => {
      if (group.length > 1) await lockPeople(unit, group);
      for (const { channel, item } of group) await takeItem(unit, channel, item);
    });
  } catch (error) {
    // Groups of several processes that keep crossing each other go on item by item, which hold little and cross less.
    if (error instanceof DatabaseUnavailableError && error.reason !== 'busy') throw error;
    for (const task of group) {
      await processAlone(deps, workspaceId, task).catch((reason: unknown) => {
        if (reason instanceof DatabaseUnavailableError) throw reason;
        deps.log('error', 'webhook item cannot be processed', { workspaceId, error: String(reason) });
        failures.add(`failed: ${String(reason)}`);
      });
    }
  }
}

/** In one order, whatever order a webhook names them in: two processes that have the same people never wait in a ring. */
async function lockPeople(unit: Unit, group: readonly Task[]): Promise<void> {
  for (const channelId of [...new Set(group.map(({ channel }) => channel.id))].sort()) {
    const people = group.filter(({ channel }) => channel.id === channelId).flatMap(({ item }) => peopleOf(item));
    if (people.length > 0) await lockContacts(unit, channelId, people);
  }
}

/**
 * A unique constraint says that another process wrote the same thing at the same moment: the same message, or only the
 * same contact. Done again, the item sees what that one wrote; if it was the same message, nothing is left to do.
 */
async function processAlone(deps: ProcessDeps, workspaceId: string, task: Task): Promise<void> {
  for (let round = 1; ; round++) {
    try {
      await runUnit(deps, workspaceId, (unit) => takeItem(unit, task.channel, task.item));
      return;
    } catch (error) {
      if (round === roundsAfterCollision || !deps.db.isUniqueViolation(error)) throw error;
    }
  }
}
