import type { BodyOf, Conversation, ConversationOutcome, Routes } from '@prosa/core/contract';
import { isChatOver, isInService, isOver, nextStatus } from '../domain/lifecycle.ts';
import type { Person } from '../domain/person.ts';
import { refuse } from '../domain/problems.ts';
import { queueInEffect } from '../store/queues.ts';
import type { Unit } from '../store/unit.ts';
import { askOnClose } from './ask-survey.ts';
import { sayOfQueue } from './automatic-message.ts';
import {
  announce,
  appendTimeline,
  openConversation,
  saveConversation,
  type ConversationDraft,
} from './conversation-draft.ts';
import { closeFor, closeUnattended, endChat } from './finish-conversation.ts';
import { requireOwnership } from './ownership.ts';
import { personOf, type Principal } from './principal.ts';
import { requireComplete, writeRecord } from './service-record.ts';

type Closing = BodyOf<Routes['conversations']['close']>;
type Status = Conversation['status'];

/** Finalizar. Where the queue's closing policy asks for it, the record is filled in before it is closed. */
export async function closeConversation(
  unit: Unit,
  principal: Principal,
  conversationId: string,
  { outcome, ...record }: Closing,
): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  const { row } = draft;
  if (isOver(row.status)) refuse('conversation_closed');
  await requireOwnership(unit, principal, row);
  if (nextStatus(row.status as Status, 'end') === null) {
    refuse('transition_not_allowed', {
      detail:
        row.status === 'wrap_up'
          ? 'The chat is over already: its record has to be saved.'
          : 'Nobody attends it yet: accept it as an agent, or transfer it to one, before finishing it.',
    });
  }
  const by = personOf(principal);
  await writeRecord(unit, draft, principal, record);
  const { settings } = await queueInEffect(unit.tx, row.queueId);
  if (isInService(row.status) && settings.closePolicy === 'none') await requireComplete(unit, row, settings);
  await endService(unit, draft, 'end', { by, outcome });
  return await saveConversation(unit, draft);
}

/** The customer ends it: served, or before anybody attended. For whoever has made sure that it is theirs. */
export async function leaveConversation(unit: Unit, conversationId: string): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  const { status } = draft.row;
  if (isChatOver(status)) refuse('conversation_closed');
  const left = nextStatus(status as Status, 'leave');
  if (left === null) {
    refuse('transition_not_allowed', { detail: 'What was left out of hours stays for the team to look at.' });
  }
  if (left === 'closed') await closeUnattended(unit, draft, 'abandoned_client');
  else await endService(unit, draft, 'leave', { by: null, outcome: 'terminated_client' });
  return await saveConversation(unit, draft);
}

/**
 * The chat is over (T24, T25, T26): to `wrap_up`, or through it to `closed` where there is nothing to fill in. The
 * customer is told and asked now, however long the record takes. For a locked conversation whose status allows it.
 */
export async function endService(
  unit: Unit,
  draft: ConversationDraft,
  command: 'end' | 'leave' | 'inactivity',
  { by, outcome }: { readonly by: Person | null; readonly outcome: ConversationOutcome },
): Promise<void> {
  const { row } = draft;
  const next = nextStatus(row.status as Status, command);
  if (next === null) refuse('transition_not_allowed');
  const served = isInService(row.status);
  const { settings } = await queueInEffect(unit.tx, row.queueId);
  endChat(unit, draft, outcome);
  row.status = next;
  announce(unit, draft, 'conversation.ended');
  if (served) await sayOfQueue(unit, draft, 'ended');
  if (served && settings.closePolicy === 'form') await appendTimeline(unit, draft, { name: 'ended', by, outcome });
  else await closeFor(unit, draft, { name: 'closed', by, outcome });
  // Who never answered was not served: there is nothing to ask about.
  if (served) await askOnClose(unit, draft, outcome);
}
