import {
  belongsTo,
  conversationOrder,
  createClient,
  type Conversation,
  type ConversationListParams,
  type ProsaClient,
} from '@prosa/core';
import { conversationStatuses, conversationTabs } from '@prosa/core/contract';
import { createTestGateway, type TestAgent, type TestGateway } from '@prosa/gateway/testing';
import * as fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';

const phones = ['+55 83 9 9914-2210', '+55 83 9 9815-3307', '+55 83 9 9712-8846', '+55 83 9 9603-1174'];
const moves = ['write', 'accept', 'answer', 'read', 'transfer', 'toQueue', 'park', 'tag', 'link', 'close'] as const;
const move = fc.record({ what: fc.constantFrom(...moves), who: fc.nat({ max: 1 }), which: fc.nat({ max: 5 }) });

let closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
  closings = [];
});

/** Two agents, two queues of which one gives out cards, two tags, two customers. */
async function openDesk() {
  const gateway = await createTestGateway();
  closings.push(() => gateway.close());
  const ana = await gateway.createAgent({ name: 'Ana', role: 'administrator' });
  const bia = await gateway.createAgent({ name: 'Bia', role: 'administrator' });
  const clients = [ana, bia].map(({ token }) => clientOf(gateway, token));
  const server = clientOf(gateway, gateway.apiKey);
  await Promise.all(clients.map((client) => client.agents.setPresence({ state: 'online' })));
  const sales = await server.queues.create({ name: 'Vendas', routing: 'offer' });
  const { data: queues } = await server.queues.list();
  const tags = [await server.tags.create({ name: 'Troca' }), await server.tags.create({ name: 'Entrega' })];
  const customers = [
    await server.customers.create({ name: 'Marina' }),
    await server.customers.create({ name: 'Caio' }),
  ];
  return { gateway, agents: [ana, bia], clients, server, sales, queues, tags, customers };
}
type Desk = Awaited<ReturnType<typeof openDesk>>;

function clientOf({ baseUrl, fetch }: TestGateway, token: string | TestAgent['token']): ProsaClient {
  const client = createClient({ baseUrl, token, fetch, storage: null });
  closings.push(() => {
    client.destroy();
  });
  return client;
}

async function everything(client: ProsaClient, params: ConversationListParams = {}): Promise<readonly Conversation[]> {
  const rows: Conversation[] = [];
  // In small pages, so that the order across them counts, too.
  for await (const row of client.conversations.list({ ...params, limit: 2 })) rows.push(row);
  return rows;
}

/** What is refused is refused: the story goes on. */
async function play(desk: Desk, { what, who, which }: typeof move extends fc.Arbitrary<infer Move> ? Move : never) {
  const { gateway, agents, clients, server, sales, tags, customers } = desk;
  const client = clients[who] as ProsaClient;
  const pick = <Item>(items: readonly Item[]): Item => items[which % items.length] as Item;
  if (what === 'write') {
    await gateway.customerSays('Oi', { from: pick(phones) });
    return;
  }
  const rows = await everything(server);
  if (rows.length === 0) return;
  const { id, contact } = pick(rows);
  const { conversations } = client;
  const acts = {
    accept: () => conversations.accept(id),
    answer: () => client.messages.send(id, { type: 'text', text: 'Bom dia' }),
    read: () => conversations.markRead(id),
    transfer: () => conversations.transfer(id, { to: { agentId: pick(agents).id } }),
    toQueue: () => conversations.transfer(id, { to: { queueId: sales.id } }),
    park: () => conversations.park(id),
    tag: () => conversations.setTags(id, [pick(tags).id]),
    link: () => client.contacts.link(contact.id, pick(customers).id),
    close: () => conversations.close(id),
  };
  await acts[what]().catch(() => undefined);
}

/** Every filter, alone and with a tab. */
function everyList(
  { agents, queues, tags, customers }: Desk,
  [one]: readonly Conversation[],
): ConversationListParams[] {
  const filters: ConversationListParams[] = [
    {},
    ...conversationStatuses.map((status) => ({ status })),
    ...agents.map(({ id }) => ({ agentId: id })),
    ...queues.map(({ id }) => ({ queueId: id })),
    ...tags.map(({ id }) => ({ tagId: id })),
    ...customers.map(({ id }) => ({ customerId: id })),
    ...(['whatsapp', 'webchat'] as const).map((origin) => ({ origin })),
    ...(one ? [{ contactId: one.contact.id }] : []),
  ];
  const alone = [undefined, ...conversationTabs].map((tab) => ({ tab }));
  return [...alone, ...filters, ...filters.map((filter, index) => ({ ...filter, ...alone[index % alone.length] }))];
}

/** How many stories are told; more with `PROSA_RUNS=… vitest run`. */
const numRuns = Number(process.env['PROSA_RUNS'] ?? 6);
const idsOf = (rows: readonly Conversation[]) => rows.map(({ id }) => id);

it(
  'a list is for the client what it is for the gateway, after any moves, with any filters',
  { timeout: 60_000 + numRuns * 45_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 8, maxLength: 16, size: 'max' }), async (story) => {
        const desk = await openDesk();
        const [client] = desk.clients as [ProsaClient];
        const [{ id: meId }] = desk.agents as [TestAgent];
        for (const phone of phones) await desk.gateway.customerSays('Oi', { from: phone });
        const first = await everything(client);
        const lists = everyList(desk, first).map((params) => {
          const live = client.live.conversations({ ...params, limit: 100 });
          closings.push(live.subscribe(() => undefined));
          return { params, live };
        });
        for (const one of story) await play(desk, one);
        await desk.gateway.delivered();

        let all = await everything(client);
        const same = async ({ params, live }: (typeof lists)[number]) => {
          const listed = idsOf(await everything(client, params));
          const believed = all.filter((row) => belongsTo(row, params, meId)).sort(conversationOrder(params.tab));
          try {
            expect([params, idsOf(believed)]).toEqual([params, listed]);
            expect([params, idsOf(live.value)]).toEqual([params, listed]);
          } catch (difference) {
            // A card that ran out meanwhile is given to the next agent.
            all = await everything(client);
            throw difference;
          }
        };
        for (const list of lists) await vi.waitFor(() => same(list), { timeout: 20_000 });
        for (const close of closings.splice(0).reverse()) await close();
      }),
      { numRuns },
    );
  },
);
