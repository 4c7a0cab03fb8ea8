import type { QueueSettings } from '@prosa/core/contract';
import { fillPlaceholders, hasPlaceholder } from '../domain/placeholders.ts';
import { isWindowOpen } from '../domain/service-window.ts';
import type { InteractiveContent } from '../domain/survey-question.ts';
import { givenName } from '../domain/unnamed.ts';
import { countAhead } from '../store/queue-position.ts';
import { queueInEffect } from '../store/queues.ts';
import type { Unit } from '../store/unit.ts';
import { appendMessage, type ConversationDraft, type NewMessage } from './conversation-draft.ts';
import { deliver, departure } from './outbound.ts';
import { ownerOf } from './ownership.ts';

/** Says something to the customer by itself. */
export async function say(unit: Unit, draft: ConversationDraft, said: string | InteractiveContent): Promise<void> {
  const { row } = draft;
  const message: Pick<NewMessage, 'type' | 'content'> =
    typeof said === 'string'
      ? { type: 'text', content: { text: said } }
      : { type: 'interactive', content: { ...said } };
  const { id } = await appendMessage(unit, draft, {
    ...message,
    direction: 'outbound',
    authorKind: 'system',
    ...departure(unit, row),
  });
  deliver(unit, row, id);
}

/** The same where the channel takes it: with a closed window it would only fail. */
export async function sayIfReachable(unit: Unit, draft: ConversationDraft, text: string): Promise<void> {
  if (text !== '' && isWindowOpen(draft.row.windowExpiresAt, unit.now)) await say(unit, draft, text);
}

export type MessageSlot = keyof QueueSettings['messages'];

/**
 * Says what the queue of the conversation has in the slot, its placeholders filled in.
 * @returns whether the queue has anything to say there
 */
export async function sayOfQueue(unit: Unit, draft: ConversationDraft, slot: MessageSlot): Promise<boolean> {
  const { queue, settings } = await queueInEffect(unit.tx, draft.row.queueId);
  const text = settings.messages[slot];
  if (text === null) return false;
  const { row } = draft;
  const contact = await unit.tx
    .selectFrom('contacts')
    .select(['name', 'phone'])
    .where('id', '=', row.contactId)
    .executeTakeFirstOrThrow();
  const filled = fillPlaceholders(text, {
    protocolo: row.protocol,
    nome: givenName(contact.name, contact.phone),
    atendente: (await ownerOf(unit, row))?.name ?? null,
    fila: queue?.name ?? null,
    posicao: hasPlaceholder(text, 'posicao') ? (await countAhead(unit.tx, row)) + 1 : null,
  });
  await sayIfReachable(unit, draft, filled);
  return true;
}
