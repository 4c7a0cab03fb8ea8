import type { QuotedMessage } from '@prosa/core/contract';
import { refuse } from '../domain/problems.ts';
import { quoteOf } from '../domain/quoted-message.ts';
import type { ConversationRow } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';

/**
 * The message that one of ours answers. It must have been said in the conversation, and not have failed. Whether its
 * channel knows it already is looked at when the answer leaves: the one before may still be on its way.
 */
export async function quoteFor(unit: Unit, row: ConversationRow, messageId: string): Promise<QuotedMessage> {
  const found = await unit.tx
    .selectFrom('messages')
    .selectAll()
    .where('workspaceId', '=', unit.workspaceId)
    .where('conversationId', '=', row.id)
    .where('id', '=', messageId)
    .executeTakeFirst();
  if (!found) refuseQuote('there is no such message in this conversation');
  if (found.direction === 'internal') refuseQuote('only what was said to or by the customer can be answered');
  if (found.status === 'failed') refuseQuote('the message was not delivered, so it cannot be answered');
  const content = JSON.parse(found.content) as Record<string, unknown>;
  const quoted = { ...found, content, fileName: null };
  return quoteOf(quoted);
}

function refuseQuote(message: string): never {
  refuse('validation_failed', { errors: [{ path: 'body.replyTo', message }] });
}
