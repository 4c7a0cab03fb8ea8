import type { Message } from '@prosa/core/contract';
import { minute } from '../clock.ts';
import { refuse } from '../domain/problems.ts';
import { getMessage, type MessageRow } from '../store/messages.ts';
import type { Unit } from '../store/unit.ts';
import { appendMessage, openConversation, saveConversation, type ConversationDraft } from './conversation-draft.ts';
import { requireMarketing } from './opt-out.ts';
import { deliver, departure } from './outbound.ts';
import { authoredBy, type Principal } from './principal.ts';
import { requireReachable, requireSendable } from './send-message.ts';
import { requireTemplateOf } from './template-message.ts';

/** So long a status may still tell what became of a message whose answer was lost; then it is for people to decide. */
export const unconfirmedForMs = 10 * minute;

/** Sends what failed again: a new message, linked to the old one, which keeps its failure. */
export async function resendMessage(
  unit: Unit,
  principal: Principal,
  conversationId: string,
  messageId: string,
): Promise<Message> {
  const draft = await openConversation(unit, conversationId);
  const failed = await getMessage(unit.tx, unit.workspaceId, conversationId, messageId);
  await requireResendable(unit, failed);
  await requireFirst(unit, failed);
  await requireSendable(unit, principal, draft.row, failed.content.type);
  return await sendAgain(unit, draft, messageId, authoredBy(principal));
}

/** The same for whoever looks after the queue of jobs: it stays a message of who wrote it. */
export async function redriveMessage(unit: Unit, conversationId: string, messageId: string): Promise<Message> {
  const draft = await openConversation(unit, conversationId);
  const failed = await getMessage(unit.tx, unit.workspaceId, conversationId, messageId);
  if (failed.status !== 'failed') refuse('message_not_resendable');
  await requireFirst(unit, failed);
  requireReachable(unit, draft.row, failed.content.type);
  const { kind, id, name } = failed.author;
  return await sendAgain(unit, draft, messageId, { authorKind: kind, authorId: id, authorName: name });
}

async function requireResendable(unit: Unit, { id, direction, status }: Message): Promise<void> {
  if (direction === 'outbound' && status === 'failed') return;
  if (direction !== 'outbound' || status !== 'unconfirmed') refuse('message_not_resendable');
  const lost = await unit.tx
    .selectFrom('jobs')
    .select('finishedAt')
    .where('subjectId', '=', id)
    .where('state', '=', 'unconfirmed')
    .executeTakeFirst();
  if (!lost) refuse('message_not_resendable');
  if (unit.now - (lost.finishedAt ?? 0) >= unconfirmedForMs) return;
  refuse('message_not_resendable', {
    detail: 'It may have arrived: WhatsApp has ten minutes to say so before it can be sent again.',
  });
}

/** Once, by whichever way: when that one fails, it is that one which is sent again. The conversation is locked. */
async function requireFirst(unit: Unit, { id, conversationId }: Message): Promise<void> {
  const again = await unit.tx
    .selectFrom('messages')
    .select('id')
    .where('conversationId', '=', conversationId)
    .where('resendOf', '=', id)
    .executeTakeFirst();
  if (again) refuse('message_not_resendable', { detail: `It was sent again already, as ${again.id}.` });
}

async function sendAgain(
  unit: Unit,
  draft: ConversationDraft,
  messageId: string,
  author: Pick<MessageRow, 'authorKind' | 'authorId' | 'authorName'>,
): Promise<Message> {
  const row = await unit.tx.selectFrom('messages').selectAll().where('id', '=', messageId).executeTakeFirstOrThrow();
  const content = JSON.parse(row.content) as Record<string, unknown>;
  if (row.type === 'template') {
    const template = await requireTemplateOf(unit, draft.row.channelId, String(content['templateId']));
    await requireMarketing(unit, template, draft.row.contactId);
  }
  const { type, attachmentId, replyTo } = row;
  const sent = await appendMessage(unit, draft, {
    ...author,
    direction: 'outbound',
    type,
    content,
    attachmentId,
    replyTo,
    ...departure(unit, draft.row),
    resendOf: messageId,
  });
  deliver(unit, draft.row, sent.id);
  // Once: whoever looks at the jobs that failed must not find it there, too.
  await unit.tx
    .updateTable('jobs')
    .set({ state: 'redriven' })
    .where('subjectId', '=', messageId)
    .where('state', 'in', ['failed', 'unconfirmed'])
    .execute();
  await saveConversation(unit, draft);
  return sent;
}
