import type { Conversation } from '@prosa/core/contract';
import { nextStatus } from '../domain/lifecycle.ts';
import { candidatesOf, chooseAgents, type CardRefusal } from '../domain/routing.ts';
import { findQueue } from '../store/queues.ts';
import { lastAgentOf, routableAgents, type NamedAgent } from '../store/routing.ts';
import { workspaceSettings } from '../store/settings.ts';
import type { Unit } from '../store/unit.ts';
import { lockCandidate, noteGiven, rulesFor } from './agent-limits.ts';
import { sayOfQueue } from './automatic-message.ts';
import { beginService } from './begin-service.ts';
import {
  announce,
  appendTimeline,
  openConversation,
  saveConversation,
  type ConversationDraft,
} from './conversation-draft.ts';
import { offerTo } from './offer.ts';

/**
 * `given`: to an agent, or as a card. `nobody` can take it now. `refused`: by all who could, a moment ago; they can take
 * others. `elsewhere`: it waits no more. `again`: whoever was chosen got something else meanwhile.
 */
export type RoutingOutcome = 'given' | 'nobody' | 'refused' | 'elsewhere' | 'again';

/**
 * Gives a conversation that waits to an agent, as its queue wants it (T11, T14). The conversation is locked first, then the
 * agent: of several processes one gives it, and an agent never gets more than the limit.
 */
export async function routeConversation(unit: Unit, conversationId: string): Promise<RoutingOutcome> {
  const draft = await openConversation(unit, conversationId);
  const { row } = draft;
  if (row.status !== 'queued' || row.queueId === null) return 'elsewhere';
  const queue = await findQueue(unit.tx, unit.workspaceId, row.queueId);
  if (!queue || queue.routing === 'pull') return 'elsewhere';

  const memberIds = queue.agents.map(({ id }) => id);
  const agents = await routableAgents(unit.tx, unit.workspaceId, memberIds.length === 0 ? undefined : memberIds);
  const rules = rulesFor(row, queue, await workspaceSettings(unit.tx, unit.workspaceId), unit.now);
  const preferred = queue.prefer === 'last_agent' ? await lastAgentOf(unit.tx, row) : null;
  const choice = chooseAgents(
    {
      queueId: row.queueId,
      origin: row.origin as Conversation['origin'],
      refusals: JSON.parse(row.refusedBy) as CardRefusal[],
      preferred,
    },
    candidatesOf(memberIds, agents),
    rules,
  );
  const [first] = choice.agents;
  if (!first) return choice.refusedLately ? 'refused' : 'nobody';
  const agent = await lockCandidate(unit, first, row, rules);
  if (!agent) return 'again';

  if (queue.routing === 'auto') await assign(unit, draft, agent);
  else await offerTo(unit, draft, agent, { from: null, seconds: queue.offerSeconds });
  await saveConversation(unit, draft);
  return 'given';
}

async function assign(unit: Unit, draft: ConversationDraft, { id, name }: NamedAgent): Promise<void> {
  const { row } = draft;
  row.status = nextStatus('queued', 'assign') ?? row.status;
  row.refusedBy = '[]';
  row.priority = 0;
  beginService(unit, draft, id);
  announce(unit, draft, 'conversation.assigned');
  await appendTimeline(unit, draft, { name: 'assigned', to: { id, name } });
  await sayOfQueue(unit, draft, 'started');
  await noteGiven(unit, id);
}
