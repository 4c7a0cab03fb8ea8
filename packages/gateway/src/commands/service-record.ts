import type { BodyOf, Conversation, QueueSettings, Routes } from '@prosa/core/contract';
import { isOver, nextStatus } from '../domain/lifecycle.ts';
import { refuse } from '../domain/problems.ts';
import { missingFields } from '../domain/record.ts';
import type { ConversationRow } from '../store/conversations.ts';
import { queueInEffect } from '../store/queues.ts';
import type { Unit } from '../store/unit.ts';
import { openConversation, saveConversation, type ConversationDraft } from './conversation-draft.ts';
import { closeFor } from './finish-conversation.ts';
import { requireOwnership } from './ownership.ts';
import { personOf, type Principal } from './principal.ts';
import { replaceTags } from './service-tags.ts';

type Saving = BodyOf<Routes['conversations']['save']>;
type Record = Omit<Saving, 'outcome'>;

/** Fills in the record of a service whose chat is over, and closes it (T27). The customer was asked and told before. */
export async function saveRecord(
  unit: Unit,
  principal: Principal,
  conversationId: string,
  { outcome, ...record }: Saving,
): Promise<Conversation> {
  const draft = await openConversation(unit, conversationId);
  const { row } = draft;
  if (isOver(row.status)) refuse('conversation_closed');
  await requireOwnership(unit, principal, row);
  if (nextStatus(row.status as Conversation['status'], 'save') === null) {
    refuse('transition_not_allowed', { detail: 'The chat has to be finished before its record is saved.' });
  }
  const by = personOf(principal);
  await writeRecord(unit, draft, principal, record);
  await requireComplete(unit, row, (await queueInEffect(unit.tx, row.queueId)).settings);
  row.outcome = outcome ?? row.outcome;
  await closeFor(unit, draft, { name: 'recorded', by, outcome: row.outcome ?? 'resolved' });
  return await saveConversation(unit, draft);
}

/** What is given replaces what was there. */
export async function writeRecord(
  unit: Unit,
  draft: ConversationDraft,
  principal: Principal,
  { subject, category, notes, tagIds }: Record,
): Promise<void> {
  const { row } = draft;
  if (subject !== undefined) row.subject = subject;
  if (category !== undefined) row.category = category;
  if (notes !== undefined) row.notes = notes;
  if (tagIds) await replaceTags(unit, draft, principal, tagIds);
}

/** Refuses with the fields that the queue asks for and that are empty. */
export async function requireComplete(
  unit: Unit,
  row: ConversationRow,
  { requiredFields }: QueueSettings,
): Promise<void> {
  if (requiredFields.length === 0) return;
  const { customerId } = await unit.tx
    .selectFrom('contacts')
    .select('customerId')
    .where('id', '=', row.contactId)
    .executeTakeFirstOrThrow();
  const tags = await unit.tx
    .selectFrom('conversationTags')
    .select('tagId')
    .where('conversationId', '=', row.id)
    .execute();
  const { subject, category, notes } = row;
  const errors = missingFields(requiredFields, { customerId, subject, category, notes, tags: tags.length });
  if (errors.length > 0) refuse('record_incomplete', { errors });
}
