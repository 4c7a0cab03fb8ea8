import type { ProsaClient } from '@prosa/core';
import type {
  ClosingOutcome,
  Conversation,
  Customer,
  CustomerCreate,
  Queue,
  QueueCreate,
  Tag,
} from '@prosa/core/contract';
import type { TestAgent, TestAgentOptions, TestCustomer } from './test-people.ts';

/** A conversation on WhatsApp, and how far it has come. Agents, queues and tags go by their names. */
export interface SeedConversation {
  /** Absent: somebody new, with a made-up name. */
  readonly customer?: TestCustomer | undefined;
  /** What the customer wrote; `Oi` when absent. */
  readonly says?: readonly string[] | undefined;
  readonly queue?: string | undefined;
  /** Who attends it; an agent who is not there yet is made. */
  readonly acceptedBy?: string | undefined;
  /** What that agent answered. */
  readonly answers?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  /** How the agent finished it; absent: it goes on. */
  readonly closed?: ClosingOutcome | undefined;
}

/** What a desk is filled with. Agents, queues and tags are named where they are needed. */
export interface Seed {
  readonly agents?: readonly TestAgentOptions[] | undefined;
  /** `agents`: who is in it, by name; absent: everybody. */
  readonly queues?: readonly (QueueCreate & { readonly agents?: readonly string[] })[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly customers?: readonly CustomerCreate[] | undefined;
  /** A number stands for so many customers who wait. */
  readonly conversations?: readonly (SeedConversation | number)[] | undefined;
}

/** What was made, in the order of the seed. */
export interface Seeded {
  readonly agents: readonly TestAgent[];
  readonly queues: readonly Queue[];
  readonly tags: readonly Tag[];
  readonly customers: readonly Customer[];
  readonly conversations: readonly Conversation[];
}

export interface SeedDeps {
  /** With the API key. */
  readonly server: ProsaClient;
  createAgent(agent: TestAgentOptions): Promise<TestAgent>;
  clientOf(agent: TestAgent): ProsaClient;
  customerSays(text: string, customer: TestCustomer): Promise<Conversation>;
}

/** Does the work of a desk, one step after another, so that times and protocols are in this order. */
export async function plantSeed(deps: SeedDeps, seed: Seed): Promise<Seeded> {
  const { server } = deps;
  const agents: TestAgent[] = [];
  for (const agent of seed.agents ?? []) agents.push(await deps.createAgent(agent));

  async function agentOf(name: string): Promise<TestAgent> {
    const known = agents.find((agent) => agent.name === name);
    if (known) return known;
    const made = await deps.createAgent({ name });
    agents.push(made);
    return made;
  }

  const queues: Queue[] = [];
  for (const { agents: names, ...queue } of seed.queues ?? []) {
    const agentIds = names && (await inTurn(names, async (name) => (await agentOf(name)).id));
    queues.push(await server.queues.create({ ...queue, ...(agentIds && { agentIds }) }));
  }
  const tags = await inTurn(seed.tags ?? [], (name) => server.tags.create({ name }));
  const customers = await inTurn(seed.customers ?? [], (customer) => server.customers.create(customer));
  const told = (seed.conversations ?? []).flatMap((one) => (typeof one === 'number' ? manyOf(one) : [one]));
  const conversations = await inTurn(told, plantConversation);
  return { agents, queues, tags, customers, conversations };

  async function plantConversation(story: SeedConversation, index: number): Promise<Conversation> {
    const { customer = { name: `Cliente ${index + 1}` }, says = ['Oi'], answers = [], acceptedBy, closed } = story;
    let conversation: Conversation | null = null;
    for (const text of says.length > 0 ? says : ['Oi']) conversation = await deps.customerSays(text, customer);
    const { id } = conversation as Conversation;
    if (story.queue !== undefined) {
      const queueId = idOf(queues, story.queue, 'queue');
      await server.conversations.transfer(id, { to: { queueId } });
    }
    if (story.tags) {
      const tagIds = story.tags.map((name) => idOf(tags, name, 'tag'));
      await server.conversations.setTags(id, tagIds);
    }
    if (acceptedBy !== undefined) {
      const client = deps.clientOf(await agentOf(acceptedBy));
      await client.conversations.accept(id);
      for (const text of answers) await client.messages.send(id, { type: 'text', text });
    } else if (answers.length > 0) {
      throw new Error('unable to seed answers; name the agent in `acceptedBy`');
    }
    if (closed !== undefined) await server.conversations.close(id, { outcome: closed });
    return await server.conversations.get(id);
  }
}

function manyOf(count: number): readonly SeedConversation[] {
  return Array.from({ length: count }, () => ({}));
}

async function inTurn<Item, Made>(items: readonly Item[], make: (item: Item, index: number) => Promise<Made>) {
  const made: Made[] = [];
  for (const [index, item] of items.entries()) made.push(await make(item, index));
  return made;
}

function idOf(among: readonly { readonly id: string; readonly name: string }[], name: string, what: string): string {
  const found = among.find((one) => one.name === name);
  if (found) return found.id;
  const names = among.map((one) => `"${one.name}"`).join(', ') || 'nothing';
  throw new Error(`unable to find the ${what} "${name}"; the seed has ${names}`);
}
