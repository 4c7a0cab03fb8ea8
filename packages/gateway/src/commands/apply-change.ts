import type { Reaction } from '@prosa/core/contract';
import { isoTime } from '../clock.ts';
import { withReaction } from '../domain/reactions.ts';
import { reindexMessage } from '../store/message-search.ts';
import type { MessageRow } from '../store/messages.ts';
import type { Unit } from '../store/unit.ts';
import { changeMessage } from './change-message.ts';
import { openConversation, type ConversationDraft } from './conversation-draft.ts';
import type { InboundChange, InboundContent } from './inbound.ts';
import { storeContent } from './inbound-content.ts';

/**
 * Does to a message what the customer, or the company on its own phone, did to it.
 * @returns whether that changed anything; `null`: the message is not known
 */
export async function applyToTarget(unit: Unit, given: InboundChange): Promise<boolean | null> {
  const found = await unit.tx
    .selectFrom('messages')
    .select(['id', 'conversationId'])
    .where('workspaceId', '=', unit.workspaceId)
    .where('channelId', '=', given.channel.id)
    .where('providerId', '=', given.targetId)
    .executeTakeFirst();
  if (!found) return null;
  // The conversation is locked first, as every command does; then the message is read again under that lock.
  const draft = await openConversation(unit, found.conversationId);
  const message = await unit.tx.selectFrom('messages').selectAll().where('id', '=', found.id).executeTakeFirstOrThrow();
  const changes = await changesFrom(unit, draft, message, given);
  if (!changes) return false;
  await changeMessage(unit, draft, message, changes, 'message.updated');
  return true;
}

async function changesFrom(
  unit: Unit,
  draft: ConversationDraft,
  message: MessageRow,
  given: InboundChange,
): Promise<Partial<MessageRow> | null> {
  const { change, by, at } = given;
  if (change.kind === 'reaction') return await reactionOf(unit, draft, message, given, change.emoji);
  if (change.kind === 'file')
    return isPlaceholder(message) ? await rewrite(unit, draft, message, change.content) : null;
  // Nobody changes what the other side wrote.
  if (message.direction !== (by === 'customer' ? 'inbound' : 'outbound')) return null;
  if (change.kind === 'revoke') return message.revokedAt === null ? { revokedAt: at } : null;
  if (message.editedAt !== null && at < message.editedAt) return null;
  return { ...(await rewrite(unit, draft, message, change.content)), editedAt: at };
}

async function reactionOf(
  unit: Unit,
  { row }: ConversationDraft,
  message: MessageRow,
  { by, at }: InboundChange,
  emoji: string | null,
): Promise<Partial<MessageRow> | null> {
  if (message.direction === 'internal') return null;
  const person = by === 'customer' ? await customerOf(unit, row.contactId) : {};
  const before = message.reactions === null ? [] : (JSON.parse(message.reactions) as readonly Reaction[]);
  const next = withReaction(before, { emoji: emoji ?? '', by: { kind: by, ...person }, at: isoTime(at) });
  return next && { reactions: JSON.stringify(next) };
}

async function customerOf(unit: Unit, contactId: string): Promise<{ readonly id: string; readonly name: string }> {
  return await unit.tx
    .selectFrom('contacts')
    .select(['id', 'name'])
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow();
}

/** The columns of the message when it says this instead. The words that it is found by are the new ones. */
async function rewrite(
  unit: Unit,
  draft: ConversationDraft,
  message: MessageRow,
  said: InboundContent,
): Promise<Pick<MessageRow, 'type' | 'content' | 'attachmentId'>> {
  const before = JSON.parse(message.content) as Record<string, unknown>;
  // Of a file only the caption can be edited: the file itself is here already.
  const sameFile = 'media' in said && said.type === message.type;
  const stored = sameFile
    ? { type: message.type, attachmentId: message.attachmentId, content: { ...before, ...captionOf(said) } }
    : await storeContent(unit, draft, message.id, said);
  const content = stored.content;
  await reindexMessage(
    unit.db.engine,
    unit.tx,
    { ...message, content: before, fileName: await fileNameOf(unit, message.attachmentId) },
    { ...message, type: stored.type, content, fileName: await fileNameOf(unit, stored.attachmentId) },
  );
  return { type: stored.type, attachmentId: stored.attachmentId, content: JSON.stringify(content) };
}

async function fileNameOf({ tx }: Unit, attachmentId: string | null): Promise<string | null> {
  if (attachmentId === null) return null;
  const file = await tx.selectFrom('attachments').select('fileName').where('id', '=', attachmentId).executeTakeFirst();
  return file?.fileName ?? null;
}

function captionOf(said: InboundContent): { readonly caption?: string | null } {
  return 'caption' in said ? { caption: said.caption } : {};
}

/** What an imported message is until its file comes, in a webhook of its own. */
export const placeholderType = 'media_placeholder';

export function isPlaceholder({ type, content }: Pick<MessageRow, 'type' | 'content'>): boolean {
  return type === 'unsupported' && (JSON.parse(content) as { originalType?: unknown }).originalType === placeholderType;
}
