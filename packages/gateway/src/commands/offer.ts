import type { Agent, Conversation } from '@prosa/core/contract';
import { second } from '../clock.ts';
import { isOver, nextStatus } from '../domain/lifecycle.ts';
import type { Person } from '../domain/person.ts';
import { refuse } from '../domain/problems.ts';
import { withRefusal, type CardRefusal } from '../domain/routing.ts';
import { findAgent } from '../store/agents.ts';
import type { ConversationRow } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';
import { noteGiven } from './agent-limits.ts';
import { beginService } from './begin-service.ts';
import {
  announce,
  appendTimeline,
  openConversation,
  saveConversation,
  type ConversationDraft,
} from './conversation-draft.ts';

export interface OfferOptions {
  /** The agent whom it returns to when it is not accepted; `null`: it goes on waiting in its queue. */
  readonly from: Person | null;
  readonly seconds: number;
}

/** A card for the agent to accept (T11, T20). The draft is the caller's to save. */
export async function offerTo(
  unit: Unit,
  draft: ConversationDraft,
  agent: Person,
  { from, seconds }: OfferOptions,
): Promise<void> {
  const { row } = draft;
  const status = row.status as Conversation['status'];
  row.status =
    nextStatus(status, status === 'queued' ? 'offer' : 'transfer_with_offer') ?? refuse('transition_not_allowed');
  row.assigneeId = null;
  row.offeredTo = agent.id;
  row.offerExpiresAt = unit.now + seconds * second;
  row.offerFrom = from?.id ?? null;
  row.lastActivityAt = unit.now;
  announce(unit, draft, 'offer.created');
  await appendTimeline(unit, draft, { name: 'offered', to: personOf(agent), from: from && personOf(from) });
  await noteGiven(unit, agent.id);
}

/** The card is answered, or nobody's any more. */
export function withdrawOffer({ row }: ConversationDraft): void {
  row.offeredTo = null;
  row.offerExpiresAt = null;
  row.offerFrom = null;
}

/** Recusar: the next agent is asked, or it returns to whoever transferred it. */
export async function declineOffer(unit: Unit, agent: Agent, conversationId: string): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  const { row } = draft;
  if (isOver(row.status) || row.status === 'wrap_up') refuse('conversation_closed');
  if (row.status !== 'offered' || row.offeredTo !== agent.id) refuse('offer_not_yours');
  announce(unit, draft, 'offer.declined');
  await appendTimeline(unit, draft, { name: 'offer_declined', by: personOf(agent) });
  await moveOn(unit, draft, { command: 'decline', refused: true });
  return await saveConversation(unit, draft);
}

/** The deadline has passed, or the agent cannot take it any more. Looked at again under the lock; otherwise nothing happens. */
export async function timeOutOffer(unit: Unit, conversationId: string): Promise<void> {
  const draft = await openConversation(unit, conversationId);
  const { row } = draft;
  const agent = row.offeredTo === null ? null : await findAgent(unit.tx, unit.workspaceId, row.offeredTo);
  if (row.status !== 'offered' || !agent || !isVoid(row, agent, unit.now)) return;
  announce(unit, draft, 'offer.timed_out');
  await appendTimeline(unit, draft, { name: 'offer_timed_out', to: personOf(agent) });
  // Whoever comes back from a pause may be asked again.
  const refused = row.offerExpiresAt === null || row.offerExpiresAt <= unit.now;
  await moveOn(unit, draft, { command: 'offer_timeout', refused });
  await saveConversation(unit, draft);
}

/** Whoever pauses is not waited for; what a colleague handed over is theirs to accept until the deadline. */
function isVoid(row: ConversationRow, { active, presence }: Agent, now: number): boolean {
  if (row.offerExpiresAt === null || row.offerExpiresAt <= now || !active) return true;
  return row.offerFrom === null && presence.state !== 'online';
}

async function moveOn(
  unit: Unit,
  draft: ConversationDraft,
  { command, refused }: { readonly command: 'decline' | 'offer_timeout'; readonly refused: boolean },
): Promise<void> {
  const { row } = draft;
  const sender = row.offerFrom === null ? null : await findAgent(unit.tx, unit.workspaceId, row.offerFrom);
  const asked = row.offeredTo;
  withdrawOffer(draft);
  row.lastActivityAt = unit.now;
  if (sender?.active) {
    row.status = nextStatus('offered', 'return_to_sender') ?? row.status;
    beginService(unit, draft, sender.id);
    announce(unit, draft, 'conversation.assigned');
    await appendTimeline(unit, draft, { name: 'offer_returned', to: personOf(sender) });
    return;
  }
  row.status = nextStatus('offered', command) ?? row.status;
  row.waitingSince ??= unit.now;
  if (!refused || asked === null) return;
  const before = JSON.parse(row.refusedBy) as readonly CardRefusal[];
  row.refusedBy = JSON.stringify(withRefusal(before, { agentId: asked, at: unit.now }));
}

function personOf({ id, name }: Person): Person {
  return { id, name };
}
