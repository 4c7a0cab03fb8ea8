import { protocolNumbers } from '../domain/protocol-format.ts';
import { takeNumbers } from '../store/counters.ts';
import { workspaceSettings } from '../store/settings.ts';
import type { Unit } from '../store/unit.ts';
import { sayIfReachable } from './automatic-message.ts';
import { appendTimeline, type ConversationDraft } from './conversation-draft.ts';

/**
 * Gives the service its number and sends it to the customer, before any agent can take over (C-05). Once per
 * conversation; the number comes from a counter without gaps and is never reused.
 */
export async function assignProtocol(
  unit: Unit,
  draft: ConversationDraft,
  /** Whether somebody of the team is there: out of hours nobody is promised anything. */
  { served = true, quiet = false }: { readonly served?: boolean; readonly quiet?: boolean } = {},
): Promise<void> {
  const { row } = draft;
  if (row.protocol !== null) return;
  const { protocolFormat, timeZone, protocolNotice: wanted } = await workspaceSettings(unit.tx, unit.workspaceId);
  const number = await takeProtocol(unit, row.id, protocolNumbers(protocolFormat, unit.now, timeZone));
  row.protocol = number;
  draft.announcements.push((conversation) => unit.emit('protocol.assigned', { conversation, number }, conversation.id));
  await appendTimeline(unit, draft, { name: 'protocol_assigned', number });
  if (wanted && !quiet) await sayIfReachable(unit, draft, protocolNotice(number, served));
}

/** Only where another format gave the same digits does a number exist already; it is passed over. */
const mostPassedOver = 10_000;

async function takeProtocol(
  { tx, workspaceId, now }: Unit,
  conversationId: string,
  { counter, numberOf }: ReturnType<typeof protocolNumbers>,
): Promise<string> {
  for (let tries = 0; tries < mostPassedOver; tries++) {
    const number = numberOf(await takeNumbers(tx, workspaceId, counter, 1));
    const inserted = await tx
      .insertInto('protocols')
      .values({ workspaceId, number, conversationId, createdAt: now })
      .onConflict((conflict) => conflict.columns(['workspaceId', 'number']).doNothing())
      .returning('number')
      .executeTakeFirst();
    if (inserted) return number;
  }
  throw new Error(`unable to number a service; ${String(mostPassedOver)} numbers of the format are taken`);
}

function protocolNotice(number: string, served: boolean): string {
  const notice = `Olá! Recebemos sua mensagem. O número do seu protocolo é *${number}*.`;
  return served ? `${notice} Em instantes alguém da equipe atende você.` : notice;
}
