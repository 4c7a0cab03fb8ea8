import type { Conversation } from '@prosa/core/contract';
import { isServed } from '../domain/hours.ts';
import { nextStatus } from '../domain/lifecycle.ts';
import { queueInEffect } from '../store/queues.ts';
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
}

/**
 * A conversation that is `queued` waits for an agent from here on, with its protocol. Out of hours it waits, goes to
 * triage, or is turned away, as its queue wants it (T10): what is no service yet gets no number.
 */
export async function enterQueue(
  unit: Unit,
  draft: ConversationDraft,
  { byHand = false }: QueueEntry = {},
): Promise<void> {
  const { row } = draft;
  const { queue, settings } = await queueInEffect(unit.tx, row.queueId);
  const { timeZone } = await workspaceSettings(unit.tx, unit.workspaceId);
  const served = isServed(settings, unit.now, timeZone);
  if (!served && !byHand && settings.outOfHours !== 'wait') {
    await sayOfQueue(unit, draft, 'unavailable');
    if (settings.outOfHours === 'triage') await defer(unit, draft);
    else await closeUnattended(unit, draft, 'offline');
    return;
  }
  announce(unit, draft, 'conversation.queued');
  await appendTimeline(unit, draft, { name: 'queued', queue });
  await assignProtocol(unit, draft, { served });
  if (served || !(await sayOfQueue(unit, draft, 'unavailable'))) await sayOfQueue(unit, draft, 'queued');
  await askIdentification(unit, draft);
}

async function defer(unit: Unit, draft: ConversationDraft): Promise<void> {
  const { row } = draft;
  row.status = nextStatus(row.status as Conversation['status'], 'defer') ?? row.status;
  row.waitingSince = null;
  row.queuedAt = null;
  announce(unit, draft, 'triage.created');
  await appendTimeline(unit, draft, { name: 'triage', reason: 'out_of_hours' });
}
