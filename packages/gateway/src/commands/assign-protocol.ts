import { dateKey, protocolNumber } from '../domain/protocol-number.ts';
import { takeNumbers } from '../store/counters.ts';
import { workspaceSettings } from '../store/settings.ts';
import type { Unit } from '../store/unit.ts';
import { sayIfReachable } from './automatic-message.ts';
import { appendTimeline, type ConversationDraft } from './conversation-draft.ts';

/**
 * Gives the service its number and sends it to the customer, before any agent can take over (C-05). Once per
 * conversation; the number comes from a counter without gaps and is never reused.
 */
export async function assignProtocol(unit: Unit, draft: ConversationDraft): Promise<void> {
  const { row } = draft;
  if (row.protocol !== null) return;
  const { timeZone } = await unit.tx
    .selectFrom('workspaces')
    .select('timeZone')
    .where('id', '=', unit.workspaceId)
    .executeTakeFirstOrThrow();
  const day = dateKey(unit.now, timeZone);
  const number = protocolNumber(day, await takeNumbers(unit.tx, unit.workspaceId, `protocol:${day}`, 1));
  await unit.tx
    .insertInto('protocols')
    .values({ workspaceId: unit.workspaceId, number, conversationId: row.id, createdAt: unit.now })
    .execute();
  row.protocol = number;
  draft.announcements.push((conversation) => unit.emit('protocol.assigned', { conversation, number }, conversation.id));
  await appendTimeline(unit, draft, { name: 'protocol_assigned', number });
  const { protocolNotice: wanted } = await workspaceSettings(unit.tx, unit.workspaceId);
  if (wanted) await sayIfReachable(unit, draft, protocolNotice(number));
}

function protocolNotice(number: string): string {
  return `Olá! Recebemos sua mensagem. O número do seu protocolo é *${number}*. Em instantes alguém da equipe atende você.`;
}
