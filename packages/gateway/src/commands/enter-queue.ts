import type { Conversation, QueueSettings, TimelineEvent } from '@prosa/core/contract';
import { isServed } from '../domain/hours.ts';
import { nextStatus } from '../domain/lifecycle.ts';
import { isThere } from '../domain/routing.ts';
import { second } from '../clock.ts';
import { membersOf, queueInEffect } from '../store/queues.ts';
import { presentAgents } from '../store/routing.ts';
import { workspaceSettings } from '../store/settings.ts';
import type { Unit } from '../store/unit.ts';
import { assignProtocol } from './assign-protocol.ts';
import { sayOfQueue } from './automatic-message.ts';
import { announce, appendTimeline, type ConversationDraft } from './conversation-draft.ts';
import { closeUnattended } from './finish-conversation.ts';
import { askIdentification } from './identify-contact.ts';

export interface QueueEntry {
  /** Somebody of the team put it there, and knows the hours: it waits whatever they are. */
  readonly byHand?: boolean;
  /** Nothing is said to the customer. */
  readonly quiet?: boolean;
}

type Absence = 'out_of_hours' | 'nobody_online';

/**
 * A conversation that is `queued` waits for an agent from here on, with its protocol. Out of hours, or when nobody is
 * there, it waits, goes to triage, or is turned away, as its queue wants it (T10): what is no service yet gets no number.
 */
export async function enterQueue(
  unit: Unit,
  draft: ConversationDraft,
  { byHand = false, quiet = false }: QueueEntry = {},
): Promise<void> {
  const { row } = draft;
  const { queue, settings } = await queueInEffect(unit.tx, row.queueId);
  const absence = await absenceFrom(unit, row.queueId, settings);
  const slot = absence === 'nobody_online' ? 'offline' : 'unavailable';
  const policy = absence === 'nobody_online' ? settings.nobodyOnline : settings.outOfHours;
  if (absence !== null && !byHand && policy !== 'wait') {
    await sayOfQueue(unit, draft, slot);
    if (policy === 'triage') await defer(unit, draft, absence);
    else await closeUnattended(unit, draft, 'offline');
    return;
  }
  announce(unit, draft, 'conversation.queued');
  await appendTimeline(unit, draft, { name: 'queued', queue });
  await assignProtocol(unit, draft, { served: absence === null, quiet });
  if (quiet) return;
  if (absence === null || !(await sayOfQueue(unit, draft, slot))) await sayOfQueue(unit, draft, 'queued');
  await askIdentification(unit, draft);
}

/** Why nobody would come now; who is there is only looked at where the queue has something to do or say then. */
async function absenceFrom(unit: Unit, queueId: string | null, settings: QueueSettings): Promise<Absence | null> {
  const { timeZone, disconnectGraceSeconds } = await workspaceSettings(unit.tx, unit.workspaceId);
  if (!isServed(settings, unit.now, timeZone)) return 'out_of_hours';
  if (queueId === null || (settings.nobodyOnline === 'wait' && settings.messages.offline === null)) return null;
  const members = (await membersOf(unit.tx, [queueId])).get(queueId) ?? [];
  const agents = await presentAgents(
    unit.tx,
    unit.workspaceId,
    members.length === 0 ? undefined : members.map(({ id }) => id),
  );
  const graceMs = disconnectGraceSeconds === null ? null : disconnectGraceSeconds * second;
  return agents.some((agent) => isThere(agent, { graceMs, now: unit.now })) ? null : 'nobody_online';
}

async function defer(
  unit: Unit,
  draft: ConversationDraft,
  reason: Extract<TimelineEvent, { readonly name: 'triage' }>['reason'],
): Promise<void> {
  const { row } = draft;
  row.status = nextStatus(row.status as Conversation['status'], 'defer') ?? row.status;
  row.waitingSince = null;
  row.queuedAt = null;
  announce(unit, draft, 'triage.created');
  await appendTimeline(unit, draft, { name: 'triage', reason });
}
