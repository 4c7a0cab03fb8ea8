import type { Conversation, Page, Queue } from '@prosa/core/contract';
import { createWhatsAppChannel } from '../admin/whatsapp-channels.ts';
import type { ChannelRow } from '../channels/channel.ts';
import { day, second } from '../clock.ts';
import { connectAgent, disconnectAgent } from '../commands/agent-stream.ts';
import { receiveMessage } from '../commands/receive-message.ts';
import { runUnit } from '../store/unit.ts';
import { readLog } from './conversation-log.ts';
import type { DayQueue, PlannedCustomer } from './day-plan.ts';
import { whoAmI, type Caller, type TestWorkspace } from './desk.ts';
import { readStream, type StreamReading } from './read-stream.ts';
import { setQueue } from './queues.ts';
import type { SharedDesk } from './shared-desk.ts';
import { openWebchat, type TestVisitor } from './visitor.ts';

/** An agent with a page at one of the gateways. */
export interface DayAgent {
  readonly id: string;
  readonly name: string;
  readonly caller: Caller;
}

/** Twelve agents, a supervisor, and a queue of each kind. */
export interface DayDesk {
  readonly shared: SharedDesk;
  readonly workspace: TestWorkspace;
  readonly agents: readonly DayAgent[];
  readonly supervisor: Caller;
  readonly queueIds: Readonly<Record<DayQueue, string>>;
  /** What a server hears at each gateway, after the event of that number. */
  readonly heard: readonly StreamReading[];
  readonly since: number;
  /** The customer writes, where the plan says. */
  writes(customer: PlannedCustomer, text: string): Promise<void>;
  visitor(customer: PlannedCustomer): TestVisitor;
  /** Who of the plan it is. */
  customerOf(conversation: Conversation): number;
  /** The agent's connection is gone. */
  lose(agent: DayAgent): Promise<void>;
  close(): Promise<void>;
}

const teamNames = [
  'Ana',
  'Bia',
  'Caio',
  'Davi',
  'Eva',
  'Fabio',
  'Gil',
  'Hugo',
  'Iara',
  'Joel',
  'Karen',
  'Lia',
] as const;
export const offerSeconds = 60;
const shift = (3 * day) / second;
const phoneOf = (customer: number) => `+55839880${String(10_000 + customer)}`;

export async function openDayDesk(shared: SharedDesk, plan: readonly PlannedCustomer[]): Promise<DayDesk> {
  const [desk] = shared.desks;
  const place = (index: number) => shared.desks[index % shared.desks.length] ?? desk;
  const workspace = await desk.workspace('Cacau');
  const { server } = workspace;
  const listen = async (caller: Caller, index: number) =>
    readStream(await place(index).request('/v1/events', { headers: { authorization: `Bearer ${caller.token}` } }));
  const since = (await readLog(desk.database, workspace.id)).length;
  const heard = await Promise.all(shared.desks.map((_, index) => listen(server, index)));

  const scope = { db: desk.database, clock: desk.clock };
  const agents: DayAgent[] = [];
  for (const [index, name] of teamNames.entries()) {
    const { token } = await workspace.agent(name.toLowerCase(), { name, expiresInSeconds: shift });
    const caller = place(index).caller(token);
    const { id } = await whoAmI(caller);
    // As a page that holds a stream; what is told there is read where a server listens.
    await runUnit(scope, workspace.id, (unit) => connectAgent(unit, id, `stream_${id}`));
    agents.push({ id, name, caller });
  }
  const supervisor = await workspace.agent('sofia', { role: 'supervisor', expiresInSeconds: shift });
  const { id: supervisorId } = await whoAmI(supervisor);
  await server.call('PATCH', `/v1/agents/${supervisorId}`, { maxConcurrent: 0 });
  await server.call('PATCH', '/v1/settings', { protocolFormat: '{nnnnnnnn}' });

  const ids = agents.map(({ id }) => id);
  const make = async (name: string, settings: object) => {
    const { status, body } = await server.call<Queue>('POST', '/v1/queues', { name, ...settings });
    if (status !== 200) throw new Error(`the queue was refused: ${JSON.stringify(body)}`);
    return body.id;
  };
  const form = { closePolicy: 'form', requiredFields: ['category'] };
  // Visitors of the website come here, too: it is the oldest.
  const { id: pull } = await setQueue(workspace, { name: 'Balcão', maxConcurrent: 4, queueTimeoutMinutes: 60 });
  const queueIds = {
    pull,
    auto: await make('Vendas', {
      routing: 'auto',
      maxConcurrent: 3,
      inactivityMinutes: { whatsapp: 45 },
      agentIds: ids.slice(0, 8),
      ...form,
    }),
    offer: await make('Suporte', { routing: 'offer', offerSeconds, maxConcurrent: 3, agentIds: ids.slice(4) }),
    forgotten: await make('Parcerias', { routing: 'pull', expireUnanswered: true }),
  };
  const channels = await channelsOf(workspace, shared, queueIds);
  const webchat = await openWebchat(desk, workspace);
  const visitors = new Map<number, TestVisitor>();
  const numbers = new Map(plan.map(({ index }) => [phoneOf(index), index]));
  for (const { index, origin } of plan) {
    if (origin !== 'webchat') continue;
    const visitor = await webchat.visitor();
    visitors.set(index, visitor);
    numbers.set(visitor.session.visitor.id, index);
  }
  const visitorOf = ({ index }: PlannedCustomer) => {
    const visitor = visitors.get(index);
    if (!visitor) throw new Error(`customer ${index} is not on the website`);
    return visitor;
  };

  return {
    shared,
    workspace,
    agents,
    supervisor,
    queueIds,
    heard,
    since,
    async writes(customer, text) {
      if (customer.origin === 'webchat') return void (await visitorOf(customer).says(text));
      const { database: db, clock } = place(customer.index);
      const phone = phoneOf(customer.index);
      const contact = {
        address: phone.slice(1),
        phone,
        userId: null,
        username: null,
        name: `Cliente ${customer.index}`,
      };
      const message = { channel: channels[customer.queue], contact, providerId: `wamid.${crypto.randomUUID()}` };
      await runUnit({ db, clock }, workspace.id, (unit) =>
        receiveMessage(
          unit,
          { ...message, sentAt: clock.now(), content: { type: 'text', text } },
          { serviceWindowMs: day },
        ),
      );
    },
    visitor: visitorOf,
    customerOf({ contact }) {
      const index = numbers.get(contact.phone ?? contact.id);
      if (index === undefined) throw new Error(`nobody knows ${contact.name}`);
      return index;
    },
    async lose({ id }) {
      await scope.db.transaction((tx) => tx.deleteFrom('agentStreams').where('agentId', '=', id).execute());
      await runUnit(scope, workspace.id, (unit) => disconnectAgent(unit, id));
    },
    async close() {
      await Promise.all(heard.map((stream) => stream.stop()));
    },
  };
}

/** A number for each queue. */
async function channelsOf(
  { id }: TestWorkspace,
  { desks: [{ database, clock }] }: SharedDesk,
  queueIds: DayDesk['queueIds'],
): Promise<Readonly<Record<DayQueue, ChannelRow>>> {
  const rows: [string, ChannelRow][] = [];
  for (const [index, [name, queueId]] of Object.entries(queueIds).entries()) {
    const channel = await createWhatsAppChannel({ db: database, clock }, id, {
      name,
      queueId,
      settings: {
        phoneNumberId: `1070000000000${index}`,
        businessAccountId: '10800000000001',
        accessToken: 'test-token',
        appSecrets: ['test-app-secret'],
        verifyToken: 'test-verify-token',
        baseUrl: 'http://graph.test',
        graphVersion: 'v25.0',
      },
    });
    const row = await database.read
      .selectFrom('channels')
      .selectAll()
      .where('id', '=', channel.id)
      .executeTakeFirstOrThrow();
    rows.push([name, row]);
  }
  return Object.fromEntries(rows) as Record<DayQueue, ChannelRow>;
}

/** All of a list, page after page. */
export async function allOf(caller: Caller, query = ''): Promise<readonly Conversation[]> {
  const found: Conversation[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await caller.call<Page<Conversation>>('GET', `/v1/conversations?limit=100${query}${after}`);
    found.push(...body.data);
    cursor = body.nextCursor;
  }
  return found;
}
