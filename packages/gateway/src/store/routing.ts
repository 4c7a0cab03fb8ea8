import type { Agent, Conversation } from '@prosa/core/contract';
import { sql } from 'kysely';
import { parseQueueSettings, usualQueueSettings } from '../domain/queue-settings.ts';
import type { HeldConversation, RoutableAgent } from '../domain/routing.ts';
import type { Reader } from './database.ts';

export interface NamedAgent extends RoutableAgent {
  readonly name: string;
}

/** Active agents of the workspace, and whether they are there; with ids, only those. */
export async function presentAgents(
  db: Reader,
  workspaceId: string,
  agentIds?: readonly string[],
): Promise<readonly Omit<NamedAgent, 'held'>[]> {
  if (agentIds?.length === 0) return [];
  let query = db
    .selectFrom('agents')
    .select(['id', 'name', 'active', 'presence', 'connected', 'disconnectedAt', 'maxConcurrent', 'idleSince'])
    .where('workspaceId', '=', workspaceId)
    .where('active', '=', 1);
  if (agentIds) query = query.where('id', 'in', agentIds);
  const rows = await query.execute();
  return rows.map(({ active, presence, connected, ...row }) => ({
    ...row,
    active: active === 1,
    presence: presence as Agent['presence']['state'],
    connected: connected === 1,
  }));
}

/** The same, with what each holds. */
export async function routableAgents(
  db: Reader,
  workspaceId: string,
  agentIds?: readonly string[],
): Promise<readonly NamedAgent[]> {
  const agents = await presentAgents(db, workspaceId, agentIds);
  const held = await heldBy(
    db,
    agents.map(({ id }) => id),
  );
  return agents.map((agent) => ({ ...agent, held: held.get(agent.id) ?? [] }));
}

async function heldBy(db: Reader, agentIds: readonly string[]): Promise<ReadonlyMap<string, HeldConversation[]>> {
  const held = new Map<string, HeldConversation[]>(agentIds.map((id) => [id, []]));
  if (agentIds.length === 0) return held;
  const conversations = db
    .selectFrom('conversations as c')
    .leftJoin('queues as queue', 'queue.id', 'c.queueId')
    .select(['c.queueId', 'c.origin', 'c.status', 'queue.settings']);
  // Written out, so that the indexes of these states are used.
  const attended = await conversations
    .select('c.assigneeId as agentId')
    .where('c.assigneeId', 'in', agentIds)
    .where(sql<boolean>`c.status in ('active', 'pending')`)
    .execute();
  const offered = await conversations
    .select('c.offeredTo as agentId')
    .where('c.offeredTo', 'in', agentIds)
    .where(sql<boolean>`c.status = 'offered'`)
    .execute();
  for (const { agentId, queueId, origin, status, settings } of [...attended, ...offered]) {
    const { pendingFreesSlot } = settings === null ? usualQueueSettings : parseQueueSettings(settings);
    held.get(agentId ?? '')?.push({
      queueId,
      origin: origin as Conversation['origin'],
      status: status as HeldConversation['status'],
      parkedIsFree: pendingFreesSlot,
    });
  }
  return held;
}

export interface RoutedQueue {
  readonly id: string;
  readonly workspaceId: string;
}

/** Queues that give their conversations to agents by themselves. */
export async function routedQueues(db: Reader): Promise<readonly RoutedQueue[]> {
  const rows = await db
    .selectFrom('queues')
    .select(['id', 'workspaceId', 'settings'])
    // Most queues are not, and need not be parsed. What the words may say elsewhere in the settings is seen below.
    .where((eb) => eb.or([eb('settings', 'like', '%"auto"%'), eb('settings', 'like', '%"offer"%')]))
    .orderBy('id')
    .execute();
  return rows.filter(({ settings }) => parseQueueSettings(settings).routing !== 'pull');
}

/** Who waits in the queue, first to last, but those. Cards that are out are not among them. */
export async function waitingIn(
  db: Reader,
  { id, workspaceId }: RoutedQueue,
  {
    except,
    limit,
  }: {
    readonly except: { readonly origins: readonly string[]; readonly ids: readonly string[] };
    readonly limit: number;
  },
): Promise<readonly { readonly id: string; readonly origin: string }[]> {
  let query = db
    .selectFrom('conversations')
    .select(['id', 'origin'])
    .where(sql<boolean>`status in ('queued', 'offered')`)
    .where('status', '=', 'queued')
    .where('workspaceId', '=', workspaceId)
    .where('queueId', '=', id)
    .orderBy('priority', 'desc')
    .orderBy('waitingSince')
    .orderBy('id')
    .limit(limit);
  if (except.origins.length > 0) query = query.where('origin', 'not in', except.origins);
  if (except.ids.length > 0) query = query.where('id', 'not in', except.ids);
  return await query.execute();
}

/** Whoever attended the contact last, in another conversation. */
export async function lastAgentOf(
  db: Reader,
  { id, contactId }: { readonly id: string; readonly contactId: string },
): Promise<string | null> {
  const row = await db
    .selectFrom('conversations')
    .select('assigneeId')
    .where('contactId', '=', contactId)
    .where('id', '!=', id)
    .where('assigneeId', 'is not', null)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.assigneeId ?? null;
}
