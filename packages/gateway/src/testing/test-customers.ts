import type { Conversation } from '@prosa/core/contract';
import type { ChannelRow } from '../channels/channel.ts';
import { addressOf, isSamePhone } from '../channels/whatsapp/identity.ts';
import { fieldsOf, isFields, listOf, type Fields } from '../channels/whatsapp/parse/fields.ts';
import { day } from '../clock.ts';
import { applyStatus } from '../commands/apply-status.ts';
import type { InboundContent, InboundStatus } from '../commands/inbound.ts';
import { receiveMessage } from '../commands/receive-message.ts';
import { getConversation } from '../store/conversations.ts';
import { runUnit, type UnitScope } from '../store/unit.ts';
import type { PhoneMessage, PretendGraph, Refusal } from './pretend-graph.ts';
import { untilDelivered } from './settle.ts';
import { fileOf } from './test-files.ts';
import type { TestCustomer, TestFiles } from './test-people.ts';

type Status = InboundStatus['status'];

/** What customers do, handed over as the WhatsApp channel hands over a webhook that it has read. */
export function testCustomers(scope: UnitScope, channel: ChannelRow, graph: PretendGraph) {
  /** Ids of the messages that lie unread on a phone, by address. */
  const unread = new Map<string, string[]>();
  /** Phones of those who wrote under a name; without a name it is `''`. */
  const addressesOfName = new Map<string, Set<string>>();

  async function tell(providerId: string, messageId: string | null, statuses: readonly Status[], refusal?: Refusal) {
    const failure = refusal ? { code: String(refusal.code), detail: refusal.title } : null;
    await runUnit(scope, channel.workspaceId, async (unit) => {
      for (const status of statuses) {
        await applyStatus(unit, { channel, providerId, messageId, status, at: scope.clock.now(), failure });
      }
    });
  }

  /** The phone of a customer who is meant by `from` or by name; `null` when nobody of that name is known. */
  async function knownAddress({ from, name = '' }: TestCustomer): Promise<string | null> {
    if (from !== undefined) return requireAddress(from);
    const known = addressesOfName.get(name) ?? new Set(await addressesOfContacts(name));
    if (known.size > 1) {
      const phones = [...known].map((address) => `+${address}`).join(', ');
      throw new Error(`unable to tell which customer is "${name}"; there are ${phones}: give \`from\`, too`);
    }
    return [...known][0] ?? null;
  }

  /** To whom the desk wrote first. */
  async function addressesOfContacts(name: string): Promise<readonly string[]> {
    if (name === '') return [];
    const rows = await scope.db.read
      .selectFrom('contacts')
      .select(['address', 'phone'])
      .where('channelId', '=', channel.id)
      .where('name', '=', name)
      .execute();
    return rows.flatMap(({ address, phone }) => address ?? phone?.slice(1) ?? []);
  }

  /** Of whoever writes: who is not known gets a phone. */
  async function addressOfWriter(customer: TestCustomer): Promise<string> {
    const address = (await knownAddress(customer)) ?? `55839880${String(10_000 + addressesOfName.size)}`;
    const { name = '' } = customer;
    const known = [...(addressesOfName.get(name) ?? [])];
    if (!known.some((one) => isSamePhone(one, address))) addressesOfName.set(name, new Set([...known, address]));
    return address;
  }

  async function addressOfKnown(customer: TestCustomer): Promise<string> {
    const address = await knownAddress(customer);
    if (address !== null) return address;
    const names = [...addressesOfName.keys()].map((name) => (name === '' ? 'one without a name' : `"${name}"`));
    const who = customer.name === undefined ? 'without a name' : `"${customer.name}"`;
    throw new Error(
      `unable to find the customer ${who}; ${names.length === 0 ? 'nobody has written yet' : `those who wrote are ${names.join(', ')}`}`,
    );
  }

  async function receive(content: InboundContent, customer: TestCustomer): Promise<Conversation> {
    const address = await addressOfWriter(customer);
    const providerId = `wamid.${crypto.randomUUID()}`;
    const inbound = {
      channel,
      contact: { address, phone: `+${address}`, userId: null, username: null, name: customer.name ?? null },
      providerId,
      sentAt: scope.clock.now(),
      content,
    };
    await runUnit(scope, channel.workspaceId, (unit) => receiveMessage(unit, inbound, { serviceWindowMs: day }));
    const { conversationId } = await scope.db.read
      .selectFrom('messages')
      .select('conversationId')
      .where('channelId', '=', channel.id)
      .where('providerId', '=', providerId)
      .executeTakeFirstOrThrow();
    return await getConversation(scope.db.read, channel.workspaceId, conversationId);
  }

  function contentOf(text: string, files: TestFiles): InboundContent {
    const file = fileOf(files);
    if (!file) return { type: 'text', text };
    const { kind, blob, fileName } = file;
    const mimeType = blob.type || 'application/octet-stream';
    const media = { kind, providerMediaId: graph.keepFile(blob), mimeType, fileName, sha256: null };
    return kind === 'audio'
      ? { type: kind, media, voice: true }
      : { type: kind, media, caption: text === '' ? null : text };
  }

  return {
    async says(text: string, customer: TestCustomer & TestFiles): Promise<Conversation> {
      const content = contentOf(text, customer);
      const conversation = await receive(content, customer);
      if ('media' in content) await untilDelivered(scope);
      return conversation;
    },
    async taps(title: string, customer: TestCustomer): Promise<Conversation> {
      return await receive(tapOn(title, await addressOfKnown(customer), graph.arrived), customer);
    },
    /** A message has reached WhatsApp, or the phone. */
    async gets(address: string, providerId: string, messageId: string | null, statuses: readonly Status[]) {
      unread.set(address, [...(unread.get(address) ?? []), providerId]);
      await tell(providerId, messageId, statuses);
    },
    async reads(customer: TestCustomer): Promise<void> {
      const address = await addressOfKnown(customer);
      const ids = unread.get(address) ?? [];
      unread.delete(address);
      for (const id of ids) await tell(id, null, ['read']);
    },
    async hearOf(messageId: string, status: Status, refusal?: Refusal): Promise<void> {
      const message = await scope.db.read
        .selectFrom('messages')
        .select('providerId')
        .where('id', '=', messageId)
        .where('channelId', '=', channel.id)
        .executeTakeFirst();
      const providerId = message?.providerId ?? null;
      if (providerId === null) {
        throw new Error(
          `unable to tell of ${messageId}; WhatsApp has no such message: await gateway.delivered() first`,
        );
      }
      await tell(providerId, null, [status], refusal);
    },
    /** What has reached their phone. */
    async sentTo(customer: TestCustomer): Promise<readonly PhoneMessage[]> {
      const address = await addressOfKnown(customer);
      return graph.arrived.filter(({ to }) => isSamePhone(to.slice(1), address));
    },
  };
}

/** The answer of that title in what reached the phone last, as a tap on it says it. */
function tapOn(title: string, address: string, arrived: readonly PhoneMessage[]): InboundContent {
  const offered = arrived.findLast(({ to, type }) => type === 'interactive' && isSamePhone(to.slice(1), address));
  const answers = answersOf(offered?.payload['interactive']);
  const answer = answers.find((one) => one['title'] === title);
  if (!answer) {
    const titles = answers.map((one) => `"${String(one['title'])}"`).join(', ') || 'nothing';
    throw new Error(`unable to tap "${title}"; +${address} was offered ${titles}`);
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
