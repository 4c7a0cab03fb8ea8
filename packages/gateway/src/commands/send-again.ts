import type { Message } from '@prosa/core/contract';
import { hour } from '../clock.ts';
import { refuse, Refusal } from '../domain/problems.ts';
import { pauseAfter } from '../domain/send-limit.ts';
import type { MessageRow } from '../store/messages.ts';
import type { Unit } from '../store/unit.ts';
import { appendMessage, type ConversationDraft } from './conversation-draft.ts';
import type { Again } from './inbound.ts';
import { requireMarketing } from './opt-out.ts';
import { deliver, departure } from './outbound.ts';
import { requireReachable } from './send-message.ts';
import { requireTemplateOf } from './template-message.ts';

/** Later nobody counts on it any more, and what it says may be wrong by now. */
const wantedForMs = hour;

type Author = Pick<MessageRow, 'authorKind' | 'authorId' | 'authorName'>;

/** Once, by whichever way: when that one fails, it is that one which is sent again. The conversation is locked. */
export async function requireFirst(
  unit: Unit,
  { id, conversationId }: Pick<Message, 'id' | 'conversationId'>,
): Promise<void> {
  const again = await unit.tx
    .selectFrom('messages')
    .select('id')
    .where('conversationId', '=', conversationId)
    .where('resendOf', '=', id)
    .executeTakeFirst();
  if (again) refuse('message_not_resendable', { detail: `It was sent again already, as ${again.id}.` });
}

/**
 * Puts the same message at the end of the conversation, and on its way. The draft is not saved yet.
 * @param options.author absent: whoever wrote the first one
 */
export async function sendAgain(
  unit: Unit,
  draft: ConversationDraft,
  messageId: string,
  { author, delayMs }: { readonly author?: Author; readonly delayMs?: number } = {},
): Promise<Message> {
  const row = await unit.tx.selectFrom('messages').selectAll().where('id', '=', messageId).executeTakeFirstOrThrow();
  const content = JSON.parse(row.content) as Record<string, unknown>;
  if (row.type === 'template') {
    const template = await requireTemplateOf(unit, draft.row.channelId, String(content['templateId']));
    await requireMarketing(unit, template, draft.row.contactId);
  }
  const { type, attachmentId, replyTo, authorKind, authorId, authorName } = row;
  const sent = await appendMessage(unit, draft, {
    ...(author ?? { authorKind, authorId, authorName }),
    direction: 'outbound',
    type,
    content,
    attachmentId,
    replyTo,
    ...departure(unit, draft.row),
    resendOf: messageId,
  });
  const dispatchId = await takeOverLine(unit, messageId, sent.id);
  deliver(unit, draft.row, sent.id, { dispatchId, delayMs });
  // Once: whoever looks at the jobs that failed must not find it there, too.
  await unit.tx
    .updateTable('jobs')
    .set({ state: 'redriven' })
    .where('subjectId', '=', messageId)
    .where('state', 'in', ['failed', 'unconfirmed'])
    .execute();
  return sent;
}

/**
 * A line of a dispatch tells what became of its person: from now on that is what becomes of the new message.
 * @returns the dispatch while it writes to others, so that it waits with theirs and is cancelled with them
 */
async function takeOverLine(unit: Unit, messageId: string, nextId: string): Promise<string | undefined> {
  const line = await unit.tx
    .updateTable('dispatchRecipients')
    .set({ messageId: nextId })
    .where('messageId', '=', messageId)
    .where('state', '=', 'written')
    .returning('dispatchId')
    .executeTakeFirst();
  return line && (await statusOfDispatch(unit, line.dispatchId)) === 'running' ? line.dispatchId : undefined;
}

async function statusOfDispatch({ tx }: Unit, id: string): Promise<string | undefined> {
  return (await tx.selectFrom('dispatches').select('status').where('id', '=', id).executeTakeFirst())?.status;
}

/**
 * What the provider took and then did not send, for a reason that passes, goes again after a pause: as long as it is
 * fresh, could still be sent by hand, and has not failed too often. The old one has failed; the draft is not saved yet.
 */
export async function sendAgainByItself(
  unit: Unit,
  draft: ConversationDraft,
  failed: MessageRow,
  { times, afterMs }: Again,
): Promise<void> {
  // What somebody wrote on the company's phone is not ours to send.
  if (failed.authorKind === 'phone') return;
  const before = await triesBefore(unit, failed);
  if (before.count >= times || unit.now - before.firstAt > wantedForMs) return;
  if (await isOfCancelledDispatch(unit, failed.id)) return;
  try {
    await requireFirst(unit, failed);
    requireReachable(unit, draft.row, failed.type as Message['content']['type']);
    await sendAgain(unit, draft, failed.id, { delayMs: pauseAfter(before.count, afterMs) });
  } catch (error) {
    // It stays as failed as it is, and says why.
    if (!(error instanceof Refusal)) throw error;
  }
}

/** How often it was sent before, and when for the first time. */
async function triesBefore(unit: Unit, { resendOf, createdAt }: Pick<MessageRow, 'resendOf' | 'createdAt'>) {
  let count = 0;
  let firstAt = createdAt;
  for (let id = resendOf; id !== null && unit.now - firstAt <= wantedForMs; count++) {
    const before = await unit.tx
      .selectFrom('messages')
      .select(['resendOf', 'createdAt'])
      .where('id', '=', id)
      .executeTakeFirst();
    id = before?.resendOf ?? null;
    firstAt = before?.createdAt ?? firstAt;
  }
  return { count, firstAt };
}

async function isOfCancelledDispatch({ tx }: Unit, messageId: string): Promise<boolean> {
  const line = await tx
    .selectFrom('dispatchRecipients')
    .innerJoin('dispatches', 'dispatches.id', 'dispatchRecipients.dispatchId')
    .select('dispatches.id')
    .where('dispatchRecipients.messageId', '=', messageId)
    .where('dispatches.status', '=', 'cancelled')
    .executeTakeFirst();
  return line !== undefined;
}
