import type { Agent, Conversation, Message, Page, Problem, Queue, TimelineEvent } from '@prosa/core/contract';
import { silentLog } from '../log.ts';
import { routeAll } from '../routing/router.ts';
import type { Database } from '../store/database.ts';
import { openDesk, whoAmI, type Answer, type Caller, type TestDesk, type TestWorkspace } from './desk.ts';
import { readStream, type StreamReading } from './read-stream.ts';

/** An agent with an open page. */
export interface TestAgent extends Caller {
  readonly id: string;
  readonly stream: StreamReading;
  post<Body = Partial<Conversation> & Pick<Problem, 'code' | 'owner'>>(
    conversation: { readonly id: string },
    command: string,
    body?: unknown,
  ): Promise<Answer<Body>>;
}

export interface RoutingDesk {
  readonly desk: TestDesk;
  readonly workspace: TestWorkspace;
  readonly queue: Queue;
  /** Changes the queue that customers write to. */
  setQueue(changes: object): Promise<void>;
  online(name: string, role?: Agent['role']): Promise<TestAgent>;
  /** A customer of that number writes. */
  says(customer: number, text?: string): Promise<Conversation>;
  conversation(id: string): Promise<Conversation>;
  ofCustomer(customer: number): Promise<Conversation>;
  /** What the timeline tells, first to last. */
  timeline(id: string): Promise<readonly TimelineEvent[]>;
  /** One round of the router. */
  route(): Promise<void>;
  close(): Promise<void>;
}

const phoneOf = (customer: number) => `+55839880${String(10_000 + customer)}`;

/** A workspace whose one queue gives its conversations to agents. */
export async function openRoutingDesk(
  database: Database,
  settings: object,
  options: { fetch?: typeof fetch } = {},
): Promise<RoutingDesk> {
  const desk = openDesk(database, options);
  const workspace = await desk.workspace('Cacau');
  const { server } = workspace;
  const { body } = await server.call<Page<Queue>>('GET', '/v1/queues');
  const [queue] = body.data;
  if (!queue) throw new Error('a workspace has a queue');
  const agents: TestAgent[] = [];

  const conversation = async (id: string) => (await server.call<Conversation>('GET', `/v1/conversations/${id}`)).body;
  async function ofCustomer(customer: number): Promise<Conversation> {
    const all = (await server.call<Page<Conversation>>('GET', '/v1/conversations?limit=100')).body.data;
    const found = all.find(({ contact }) => contact.phone === phoneOf(customer));
    if (!found) throw new Error(`customer ${customer} has not written`);
    return found;
  }
  async function setQueue(changes: object): Promise<void> {
    const answer = await server.call('PATCH', `/v1/queues/${queue?.id}`, changes);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  }

  await setQueue(settings);
  return {
    desk,
    workspace,
    queue,
    setQueue,
    conversation,
    ofCustomer,
    async online(name, role = 'agent') {
      const caller = await workspace.agent(name.toLowerCase(), { name, role });
      const { id } = await whoAmI(caller);
      const headers = { authorization: `Bearer ${caller.token}` };
      const agent: TestAgent = {
        ...caller,
        id,
        stream: await readStream(await desk.request('/v1/events', { headers })),
        post: (of, command, given) => caller.call('POST', `/v1/conversations/${of.id}/${command}`, given),
      };
      agents.push(agent);
      return agent;
    },
    async says(customer, text = 'Oi') {
      await workspace.customerSays(phoneOf(customer), text);
      return await ofCustomer(customer);
    },
    async timeline(id) {
      const { data } = (await server.call<Page<Message>>('GET', `/v1/conversations/${id}/messages?limit=100`)).body;
      return data.flatMap(({ content }) => (content.type === 'event' ? [content.event] : [])).reverse();
    },
    route: () => routeAll({ db: database, clock: desk.clock }, silentLog),
    async close() {
      await Promise.all(agents.map(({ stream }) => stream.stop()));
      await desk.gateway.close();
    },
  };
}
