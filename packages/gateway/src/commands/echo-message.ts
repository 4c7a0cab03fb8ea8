import { newId } from '../domain/ids.ts';
import { isChatOver, nextStatus } from '../domain/lifecycle.ts';
import type { ContactRow } from '../store/contacts.ts';
import { lockConversation } from '../store/conversations.ts';
import type { Unit } from '../store/unit.ts';
import { lockOpenConversation } from './begin-conversation.ts';
import { announce, appendMessage, draftOf, saveConversation, type ConversationDraft } from './conversation-draft.ts';
import { applyEarlyChanges } from './early-changes.ts';
import { enterQueue } from './enter-queue.ts';
import { beginImported } from './import-history.ts';
import type { InboundEcho } from './inbound.ts';
import { storeContent } from './inbound-content.ts';
import { marksOf } from './message-marks.ts';
import { isKnown } from './note-in-conversation.ts';
import { resolveContact } from './resolve-contact.ts';

/**
 * A message that was written in the app on the company's own phone: it is with the customer already. Nothing is sent, no
 * window opens, and nobody is asked to attend; but a person has spoken, so the automation has to be silent from here on.
 */
export async function echoMessage(unit: Unit, echo: InboundEcho): Promise<'echoed' | 'duplicate'> {
  const { channel, providerId } = echo;
  const contact = await resolveContact(unit, channel.id, echo.contact);
  if (await isKnown(unit, channel.id, providerId)) return 'duplicate';
  const draft = await placeOf(unit, contact, echo);
  const { row } = draft;
  const over = isChatOver(row.status);
  const { silentSince } = row;
  const id = newId('message', unit.now);
  await appendMessage(
    unit,
    draft,
    {
      id,
      ...(await storeContent(unit, draft, id, echo.content)),
      ...(await marksOf(unit, { channelId: channel.id, contactId: contact.id }, echo.marks)),
      direction: 'outbound',
      authorKind: 'phone',
      status: 'sent',
      sentAt: echo.sentAt,
      providerId,
      createdAt: Math.min(echo.sentAt, unit.now),
    },
    // What is over does not come back to the top of the list, and waits for nobody.
    { quiet: over },
  );
  if (over) row.silentSince = silentSince;
  if (row.status === 'bot') await silenceBot(unit, draft);
  await saveConversation(unit, draft);
  await applyEarlyChanges(unit, channel, providerId);
  return 'echoed';
}

/** The open conversation of the contact, or the last one; somebody who never wrote gets one that is over. */
async function placeOf(unit: Unit, contact: ContactRow, { channel, sentAt }: InboundEcho): Promise<ConversationDraft> {
  const open = await lockOpenConversation(unit, contact.id);
  if (open) return draftOf(open);
  const last = await unit.tx
    .selectFrom('conversations')
    .select('id')
    .where('contactId', '=', contact.id)
    .where('channelId', '=', channel.id)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last) return draftOf(await lockConversation(unit.db, unit.tx, unit.workspaceId, last.id));
  return await beginImported(unit, { channel, contactId: contact.id, at: Math.min(sentAt, unit.now) });
}

/** It waits for the team from here on (T8), with its protocol; nothing is said to the customer, who was just answered. */
async function silenceBot(unit: Unit, draft: ConversationDraft): Promise<void> {
  const { row } = draft;
  row.status = nextStatus('bot', 'hand_over') ?? row.status;
  row.waitingSince = unit.now;
  row.lastActivityAt = unit.now;
  announce(unit, draft, 'bot.handover');
  await enterQueue(unit, draft, { byHand: true, quiet: true });
}
