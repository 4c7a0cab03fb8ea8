import type { ChannelRow } from '../channels/channel.ts';
import { addressOf } from '../channels/whatsapp/identity.ts';
import { fieldsOf, isFields, listOf, type Fields } from '../channels/whatsapp/parse/fields.ts';
import { day } from '../clock.ts';
import { applyStatus } from '../commands/apply-status.ts';
import type { InboundContent, InboundStatus } from '../commands/inbound.ts';
import { receiveMessage } from '../commands/receive-message.ts';
import { runUnit, type UnitScope } from '../store/unit.ts';
import type { PhoneMessage } from './pretend-graph.ts';
import type { TestCustomer } from './test-gateway.ts';

/** What customers do, handed over as the WhatsApp channel hands over a webhook that it has read. */
export function testCustomers(scope: UnitScope, channel: ChannelRow) {
  /** Ids of the messages that lie unread on a phone, by address. */
  const unread = new Map<string, string[]>();

  async function tell(providerId: string, messageId: string | null, statuses: readonly InboundStatus['status'][]) {
    await runUnit(scope, channel.workspaceId, async (unit) => {
      for (const status of statuses) {
        await applyStatus(unit, { channel, providerId, messageId, status, at: scope.clock.now(), failure: null });
      }
    });
  }

  return {
    async sends(content: InboundContent, { from, name }: TestCustomer): Promise<void> {
      const address = requireAddress(from);
      const inbound = {
        channel,
        contact: { address, phone: `+${address}`, userId: null, username: null, name: name ?? null },
        providerId: `wamid.${crypto.randomUUID()}`,
        sentAt: scope.clock.now(),
        content,
      };
      await runUnit(scope, channel.workspaceId, (unit) => receiveMessage(unit, inbound, { serviceWindowMs: day }));
    },
    /** A message has reached the phone. */
    async gets(address: string, providerId: string, messageId: string | null): Promise<void> {
      unread.set(address, [...(unread.get(address) ?? []), providerId]);
      await tell(providerId, messageId, ['sent', 'delivered']);
    },
    async reads({ from }: TestCustomer): Promise<void> {
      const address = requireAddress(from);
      const ids = unread.get(address) ?? [];
      unread.delete(address);
      for (const id of ids) await tell(id, null, ['read']);
    },
  };
}

/** The answer of that title in what reached the phone last, as a tap on it says it. */
export function tapOn(title: string, { from }: TestCustomer, arrived: readonly PhoneMessage[]): InboundContent {
  const to = `+${requireAddress(from)}`;
  const offered = arrived.findLast((message) => message.to === to && message.type === 'interactive');
  const answers = answersOf(offered?.payload['interactive']);
  const answer = answers.find((one) => one['title'] === title);
  if (!answer) {
    const titles = answers.map((one) => `"${String(one['title'])}"`).join(', ') || 'nothing';
    throw new Error(`unable to tap "${title}"; ${to} was offered ${titles}`);
  }
  return { type: 'reply', text: title, replyId: String(answer['id']) };
}

/** Buttons, or the rows of a list (Meta, "Interactive messages"). */
function answersOf(interactive: unknown): readonly Fields[] {
  const action = fieldsOf(fieldsOf(interactive)['action']);
  const buttons = listOf(action['buttons']).map((button) => fieldsOf(fieldsOf(button)['reply']));
  const rows = listOf(action['sections']).flatMap((section) => listOf(fieldsOf(section)['rows']));
  return [...buttons, ...rows.filter(isFields)];
}

function requireAddress(phone: string): string {
  const address = addressOf(phone.replace(/[\s()-]/g, ''));
  if (address === null) {
    throw new Error(`unable to hear from "${phone}"; a phone starts with its country code: +55 83 9 9914-2210`);
  }
  return address;
}
