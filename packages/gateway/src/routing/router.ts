import { sql, type ExpressionBuilder } from 'kysely';
import { loop, type Background } from '../background.ts';
import { second } from '../clock.ts';
import { timeOutOffer } from '../commands/offer.ts';
import { lossOf, requeueConversation } from '../commands/requeue-conversation.ts';
import { routeConversation } from '../commands/route-conversation.ts';
import { Refusal } from '../domain/problems.ts';
import { parseSettings } from '../domain/workspace-settings.ts';
import type { Log } from '../log.ts';
import { routedQueues, waitingIn, type RoutedQueue } from '../store/routing.ts';
import type { Schema } from '../store/schema.ts';
import { runUnit, type Unit, type UnitScope } from '../store/unit.ts';

/** Deadlines are looked at this often; what happens wakes the router at once. */
const pollMs = second;
/** Whoever is chosen can be taken by another process in between. After so many times the next round goes on. */
const triesPerRound = 20;
const batchSize = 100;

/** Gives those who wait to agents: as soon as there is somebody who can take them, and whatever process saw it first. */
export function router(scope: UnitScope, log: Log): Background {
  return loop({
    async round() {
      await routeAll(scope, log);
      return false;
    },
    pollMs,
    topic: 'routing',
    onWake: (listener) => scope.db.onWake(listener),
    onError: (error) => log('error', 'conversations cannot be routed', { error: String(error) }),
  });
}

interface Place {
  readonly id: string;
  readonly workspaceId: string;
}

/** One round: cards that ran out go on, agents who are gone give back, and everybody who can be attended gets an agent. */
export async function routeAll(scope: UnitScope, log: Log): Promise<void> {
  const each = async (places: readonly Place[], command: (unit: Unit, id: string) => Promise<void>) => {
    for (const { id, workspaceId } of places) {
      await attempt(log, id, () => runUnit(scope, workspaceId, (unit) => command(unit, id)));
    }
  };
  await each(await voidOffers(scope), timeOutOffer);
  await each(await abandoned(scope), requeueConversation);
  for (const queue of await routedQueues(scope.db.read)) await routeQueue(scope, log, queue);
}

async function routeQueue(scope: UnitScope, log: Log, queue: RoutedQueue): Promise<void> {
  // Limits are per origin: for whom nobody is found, nobody is found for those behind of the same origin either.
  const stuck = new Set<string>();
  // Whoever has just refused one of them can still take those behind it.
  const refused = new Set<string>();
  for (let moved = true; moved;) {
    moved = false;
    const except = { origins: [...stuck], ids: [...refused] };
    for (const { id, origin } of await waitingIn(scope.db.read, queue, { except, limit: batchSize })) {
      if (stuck.has(origin)) continue;
      const outcome = await routeOne(scope, log, queue, id);
      if (outcome === 'nobody') stuck.add(origin);
      if (outcome === 'refused') refused.add(id);
      moved ||= outcome === 'given' || outcome === 'nobody' || outcome === 'refused';
    }
  }
}

async function routeOne(scope: UnitScope, log: Log, { workspaceId }: RoutedQueue, id: string) {
  const route = () => runUnit(scope, workspaceId, (unit) => routeConversation(unit, id));
  let outcome = await attempt(log, id, route);
  for (let tries = 1; outcome === 'again' && tries < triesPerRound; tries++) outcome = await attempt(log, id, route);
  return outcome;
}

/** What cannot be done for one conversation must not keep the others waiting. */
async function attempt<Result>(log: Log, id: string, work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log('warn', 'a conversation cannot be routed', { conversationId: id, error: error.code });
    return null;
  }
}

/** Cards past their deadline, or of agents who cannot take them any more. */
async function voidOffers({ db, clock }: UnitScope): Promise<readonly Place[]> {
  return await db.read
    .selectFrom('conversations as c')
    .innerJoin('agents as agent', 'agent.id', 'c.offeredTo')
    .select(['c.id', 'c.workspaceId'])
    .where(sql<boolean>`c.status = 'offered'`)
    .where((eb) =>
      eb.or([
        eb('c.offerExpiresAt', '<=', clock.now()),
        eb('agent.active', '=', 0),
        eb.and([eb('c.offerFrom', 'is', null), eb('agent.presence', '!=', 'online')]),
      ]),
    )
    .execute();
}

/** Conversations of agents who are gone, of customers who may wait for an answer. */
async function abandoned({ db, clock }: UnitScope): Promise<readonly Place[]> {
  const rows = await db.read
    .selectFrom('conversations as c')
    .innerJoin('agents as agent', 'agent.id', 'c.assigneeId')
    .innerJoin('workspaces as workspace', 'workspace.id', 'agent.workspaceId')
    .select(['c.id', 'c.workspaceId', 'workspace.settings'])
    .select(['agent.active', 'agent.connected', 'agent.disconnectedAt', 'agent.presence', 'agent.presenceSince'])
    // Written out, so that the index of what is attended is used.
    .where(sql<boolean>`c.status in ('active', 'pending')`)
    .where('c.status', '=', 'active')
    .where('c.assigneeId', 'in', (eb) => eb.selectFrom('agents').select('id').where(mayBeGone))
    .where((eb) => eb.or([eb('c.unreadCount', '>', 0), eb('c.lastMessage', 'like', '%"direction":"inbound"%')]))
    .execute();
  const now = clock.now();
  return rows.filter((row) => lossOf(row, parseSettings(row.settings).disconnectGraceSeconds, now) !== null);
}

function mayBeGone(eb: ExpressionBuilder<Schema, 'agents'>) {
  return eb.or([
    eb('active', '=', 0),
    eb('presence', '=', 'offline'),
    eb.and([eb('connected', '=', 0), eb('disconnectedAt', 'is not', null)]),
  ]);
}
