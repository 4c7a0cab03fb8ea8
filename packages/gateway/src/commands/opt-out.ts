import { marketingWord } from '../domain/opt-out.ts';
import { refuse } from '../domain/problems.ts';
import type { ContactRow } from '../store/contacts.ts';
import type { TemplateRow } from '../store/message-templates.ts';
import { workspaceSettings } from '../store/settings.ts';
import type { Unit } from '../store/unit.ts';
import { sayIfReachable } from './automatic-message.ts';
import { appendMessage, type ConversationDraft } from './conversation-draft.ts';
import type { InboundContent } from './inbound.ts';
import { saveContact } from './resolve-contact.ts';

/** What the customer chose with a word. */
export interface WordChoice {
  readonly contact: ContactRow;
  /** `null`: nothing, or nothing new. */
  readonly allowed: boolean | null;
}

/** A word that stops marketing, or takes it again, holds from the moment it was written. The contact is locked. */
export async function chooseByWord(
  unit: Unit,
  contact: ContactRow,
  content: InboundContent,
  sentAt: number,
): Promise<WordChoice> {
  const text = content.type === 'text' || content.type === 'reply' ? content.text : null;
  const word = text === null ? null : marketingWord(text, await workspaceSettings(unit.tx, unit.workspaceId));
  const allowed = word === 'resume';
  const at = Math.min(sentAt, unit.now);
  const late = contact.marketingChangedAt !== null && at < contact.marketingChangedAt;
  if (word === null || late || allowed === (contact.marketingAllowed !== 0)) return { contact, allowed: null };
  const changes = { marketingAllowed: allowed ? 1 : 0, marketingChangedAt: at };
  return { contact: await saveContact(unit, contact, changes), allowed };
}

/** Says in the conversation what was chosen, to the customer too. */
export async function confirmChoice(unit: Unit, draft: ConversationDraft, allowed: boolean | null): Promise<void> {
  if (allowed === null) return;
  await appendMessage(unit, draft, {
    direction: 'internal',
    authorKind: 'system',
    type: 'event',
    content: { event: { name: 'marketing_preference', allowed } },
  });
  const { optOutReply } = await workspaceSettings(unit.tx, unit.workspaceId);
  if (!allowed && optOutReply !== null) await sayIfReachable(unit, draft, optOutReply);
}

/** Who stopped marketing gets no template of that category. */
export async function requireMarketing(
  unit: Unit,
  { category }: Pick<TemplateRow, 'category'>,
  contactId: string,
): Promise<void> {
  if (category !== 'MARKETING') return;
  const contact = await unit.tx
    .selectFrom('contacts')
    .select('marketingAllowed')
    .where('workspaceId', '=', unit.workspaceId)
    .where('id', '=', contactId)
    .executeTakeFirst();
  if (contact?.marketingAllowed === 0) refuse('contact_opted_out');
}

/** WhatsApp said that the person of this conversation wants no marketing (error 131050). */
export async function stopMarketing(unit: Unit, conversationId: string): Promise<void> {
  const query = unit.tx
    .selectFrom('contacts')
    .selectAll('contacts')
    .where('contacts.id', '=', (eb) =>
      eb.selectFrom('conversations').select('conversations.contactId').where('conversations.id', '=', conversationId),
    );
  const contact = await unit.db.lock(query).executeTakeFirst();
  if (!contact || contact.marketingAllowed === 0) return;
  await saveContact(unit, contact, { marketingAllowed: 0, marketingChangedAt: unit.now });
}
