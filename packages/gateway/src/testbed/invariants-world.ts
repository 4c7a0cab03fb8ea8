import type { Agent, Conversation, ConversationCounts, Page, Queue, QueueUpdate } from '@prosa/core/contract';
import { connectAgent, disconnectAgent } from '../commands/agent-stream.ts';
import { runUnit } from '../store/unit.ts';
import { whoAmI, type Caller, type TestWorkspace } from './desk.ts';
import { setQueue } from './queues.ts';
import type { SharedDesk } from './shared-desk.ts';
import { openWebchat, type TestVisitor } from './visitor.ts';

/** An agent with a page at every gateway. */
export interface Colleague {
  readonly id: string;
  readonly role: Agent['role'];
  /** How many they take by themselves, in all; `null`: what the queue says. */
  readonly limit: number | null;
  /** At that gateway; any number will do. */
  at(place: number): Caller;
}

/** A small service desk with everything that conversations can meet. */
export interface World {
  readonly shared: SharedDesk;
  readonly workspace: TestWorkspace;
  readonly team: readonly Colleague[];
  readonly queues: readonly Queue[];
  readonly visitors: readonly TestVisitor[];
}

/** How many conversations of a queue one agent takes by themselves. */
export const queueLimit = 2;
export const phones = ['+5583999142210', '+5583988120042', '+5583987650031'] as const;
const month = 30 * 24 * 3600;

export async function buildWorld(shared: SharedDesk, rules: QueueUpdate, transferNeedsAccept: boolean): Promise<World> {
  const [desk] = shared.desks;
  const workspace = await desk.workspace('Cacau');
  const { server } = workspace;
  const origin = { transferNeedsAccept };
  await server.call('PATCH', '/v1/settings', {
    protocolFormat: '{nnnnnnnn}',
    origins: { whatsapp: origin, webchat: origin },
  });
  const first = await setQueue(workspace, { maxConcurrent: queueLimit, ...rules });
  const others = [
    { name: 'Financeiro', routing: 'offer', closePolicy: 'form', expireUnanswered: true },
    { name: 'Vendas', routing: 'pull', inactivityMinutes: { whatsapp: 90, webchat: 90 } },
  ].map((queue) => server.call<Queue>('POST', '/v1/queues', { maxConcurrent: queueLimit, ...queue }));
  const queues = [first, ...(await Promise.all(others)).map(({ body }) => body)];

  const team: Colleague[] = [];
  for (const [name, role, limit] of [
    ['ana', 'agent', null],
    ['bruno', 'agent', null],
    ['carla', 'agent', 1],
    ['dora', 'supervisor', null],
  ] as const) {
    const caller = await workspace.agent(name, { role, expiresInSeconds: month });
    const { id } = await whoAmI(caller);
    if (limit !== null) await server.call('PATCH', `/v1/agents/${id}`, { maxConcurrent: limit });
    const places = shared.desks.map((one) => one.caller(caller.token));
    team.push({ id, role, limit, at: (place) => places[place % places.length] ?? caller });
  }
  const webchat = await openWebchat(desk, workspace);
  const visitors = [await webchat.visitor(), await webchat.visitor()];
  const world = { shared, workspace, team, queues, visitors };
  for (const { id } of team) await connect(world, id);
  return world;
}

const streamOf = (agentId: string) => `stream_${agentId}`;

/** A page of the agent is opened. */
export async function connect({ shared, workspace }: World, agentId: string): Promise<void> {
  const [{ database: db, clock }] = shared.desks;
  await runUnit({ db, clock }, workspace.id, (unit) => connectAgent(unit, agentId, streamOf(agentId)));
}

/** The agent's connection is lost. */
export async function disconnect({ shared, workspace }: World, agentId: string): Promise<void> {
  const [{ database: db, clock }] = shared.desks;
  await db.transaction((tx) => tx.deleteFrom('agentStreams').where('id', '=', streamOf(agentId)).execute());
  await runUnit({ db, clock }, workspace.id, (unit) => disconnectAgent(unit, agentId));
}

/** Everything that must hold, at one moment. */
export interface Snapshot {
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly counts: ConversationCounts;
  /** Messages and lines of the timeline by id, in their order. */
  readonly messages: ReadonlyMap<string, string>;
  readonly protocols: readonly string[];
}

export async function takeSnapshot({ shared, workspace }: World): Promise<Snapshot> {
  const { database } = shared.desks[0];
  const { body: page } = await workspace.server.call<Page<Conversation>>('GET', '/v1/conversations?limit=100');
  const { body: counts } = await workspace.server.call<ConversationCounts>('GET', '/v1/conversations/counts');
  const messages = await database.read
    .selectFrom('messages')
    .selectAll()
    .where('workspaceId', '=', workspace.id)
    .orderBy('conversationId')
    .orderBy('position')
    .execute();
  const protocols = await database.read
    .selectFrom('protocols')
    .select('number')
    .where('workspaceId', '=', workspace.id)
    .orderBy('number')
    .execute();
  return {
    conversations: new Map(page.data.map((conversation) => [conversation.id, conversation])),
    counts,
    messages: new Map(messages.map((message) => [message.id, JSON.stringify(message)])),
    protocols: protocols.map(({ number }) => number),
  };
}
