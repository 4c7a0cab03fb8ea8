import { createClient, type ProsaClient } from '@prosa/core';
import { signAgentToken } from '@prosa/gateway/node';
import type { Simulator } from '@prosa/whatsapp-simulator';
import type { DemoState } from '../data/folder.ts';
import { agents, customers, phones, queues } from '../data/people.ts';

/**
 * Fills in a little believable data the way it comes about: customers write on their phones, agents accept, answer and
 * finish. Nothing is put into the database by hand.
 */
export async function seed(state: DemoState, gatewayUrl: string, simulator: Simulator): Promise<void> {
  const server = createClient({ baseUrl: gatewayUrl, token: state.apiKey });
  const people = await Promise.all(agents.map((agent) => asAgent(state, gatewayUrl, agent)));
  try {
    await Promise.all(people.map((agent) => agent.agents.me()));
    for (const name of queues) await server.queues.create({ name });
    for (const customer of customers) await server.customers.create(customer);
    for (const { name, waId, says } of phones) {
      const phone = simulator.phone({ name, waId });
      for (const text of says) await phone.says(text);
    }
    await until(async () => (await server.conversations.counts()).waiting === phones.length);
    await linkKnownPhones(server);
    const [ana] = people;
    if (ana) await servePast(ana, simulator);
  } finally {
    for (const client of [server, ...people]) client.destroy();
  }
}

async function asAgent(state: DemoState, baseUrl: string, { id, name, email }: (typeof agents)[number]) {
  const token = await signAgentToken({
    kid: state.kid,
    secret: state.secret,
    sub: id,
    name,
    email,
    expiresInSeconds: 300,
  });
  return createClient({ baseUrl, token });
}

/** The first two are customers already; the others are numbers that nobody has linked. */
async function linkKnownPhones(server: ProsaClient): Promise<void> {
  for (const customer of customers.slice(0, 2)) {
    for await (const contact of server.contacts.list()) {
      if (contact.phone === customer.phone || contact.phone === withNinthDigit(customer.phone)) {
        const { data } = await server.customers.list({ search: customer.name });
        const [record] = data;
        if (record) await server.contacts.link(contact.id, record.id);
      }
    }
  }
}

function withNinthDigit(phone: string): string {
  return phone.length === 13 ? `${phone.slice(0, 5)}9${phone.slice(5)}` : phone;
}

/** João's first call is history: answered and finished. Then he writes again. */
async function servePast(ana: ProsaClient, simulator: Simulator): Promise<void> {
  const [joao] = phones;
  if (!joao) return;
  const phone = simulator.phone(joao);
  const conversation = await find(ana, joao.name);
  await ana.conversations.accept(conversation);
  await ana.messages.send(conversation, {
    type: 'text',
    text: 'Boa tarde, João! Reiniciei a sua conexão daqui. Pode conferir, por favor?',
  });
  await phone.waitFor((message) => message.from === 'business' && JSON.stringify(message).includes('Reiniciei'));
  phone.reads();
  await phone.says('Voltou! Obrigado 🙌');
  await until(async () => (await ana.conversations.get(conversation)).lastMessage?.direction === 'inbound');
  await ana.conversations.close(conversation, { outcome: 'resolved' });
  await phone.says('Oi de novo. Dá para mudar meu plano para 500 mega?');
  await until(async () => (await ana.conversations.counts()).waiting === phones.length);
}

async function find(client: ProsaClient, name: string): Promise<string> {
  for await (const conversation of client.conversations.list({ tab: 'waiting' })) {
    if (conversation.contact.name === name) return conversation.id;
  }
  throw new Error(`unable to fill in the data; ${name} is not waiting`);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('unable to fill in the data; the gateway did not get there');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
