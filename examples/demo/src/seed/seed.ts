import { createClient, type ProsaClient } from '@prosa/core';
import type { Simulator } from '@prosa/whatsapp-simulator';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CrmUserId } from '../crm/agents.ts';
import { customers, phones, queueNames } from './people.ts';
import type { DemoClock } from './demo-clock.ts';
import { submitTemplates } from './templates.ts';
import { until } from './until.ts';
import { visitTheShop } from './visitor.ts';

export interface SeedOptions {
  readonly simulator: Simulator;
  readonly clock: DemoClock;
  readonly gatewayUrl: string;
  readonly shopUrl: string;
  readonly webchatKey: string;
  readonly apiKey: string;
  readonly agentToken: (user: CrmUserId) => string;
}

type PhoneKey = keyof typeof phones;

const minute = 60_000;
const assets = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'assets');

/** The oldest message: its service window closes in a little over an hour. */
export const oldestMs = 22 * 60 * minute + 48 * minute;

/**
 * Fills an empty desk by doing what people do: customers write on their phones, and the agents answer through the
 * gateway. Nothing is inserted behind its back.
 */
export async function seed(options: SeedOptions): Promise<void> {
  const { clock, gatewayUrl } = options;
  const clients = {
    server: createClient({ baseUrl: gatewayUrl, token: () => options.apiKey }),
    ana: createClient({ baseUrl: gatewayUrl, token: () => options.agentToken('ana') }),
    bruno: createClient({ baseUrl: gatewayUrl, token: () => options.agentToken('bruno') }),
  };
  try {
    // A first call with a token makes the agent known.
    await clients.ana.agents.me();
    await clients.bruno.agents.me();
    const queues = await Promise.all(queueNames.map((name) => clients.server.queues.create({ name })));
    await defineSurveys(clients.server);
    await submitTemplates(clients.server);
    const records = {
      joao: await clients.server.customers.create(customers.joao),
      padaria: await clients.server.customers.create(customers.padaria),
    };
    await clients.server.customers.create(customers.atelie);

    await writeEarlier(options);
    clock.moveTo(0);
    await withHistory(options, clients, records.joao.id);
    await withFiles(options, clients, records.padaria.id);
    await withTransfers(options, clients, queues[0]?.id ?? '');
    await visitTheShop(options);
    await options.simulator.settled();
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

/** Who is attended on WhatsApp is asked how it was, who is attended on the website whether they would recommend it. */
async function defineSurveys(server: ProsaClient): Promise<void> {
  await server.surveys.create({ instrument: 'csat', name: 'Satisfação no WhatsApp', origins: ['whatsapp'] });
  await server.surveys.create({ instrument: 'nps', name: 'Recomendação no site', origins: ['webchat'] });
}

interface Clients {
  readonly server: ProsaClient;
  readonly ana: ProsaClient;
  readonly bruno: ProsaClient;
}

/**
 * What came in while nobody was there to answer. One message each: what the gateway adds, such as the protocol, is dated
 * now, and nothing older may follow it.
 */
async function writeEarlier({ simulator, clock }: SeedOptions): Promise<void> {
  for (const phone of Object.values(phones)) simulator.phone(phone);
  const says = (who: PhoneKey, text: string) => simulator.phone(phones[who]).says(text);

  clock.moveTo(oldestMs);
  await says('rita', 'Oi, boa tarde! Aqui é a Rita, do Ateliê Mandacaru. Meu boleto venceu, ainda dá para pagar?');
  clock.moveTo(48 * minute);
  await says('claudia', 'Bom dia! Preciso da nota fiscal do último pedido, o 8812.');
  clock.moveTo(31 * minute);
  await says('severino', 'A máquina que comprei aí parou de esquentar a água. Já tirei da tomada e nada.');
  clock.moveTo(9 * minute);
  const photo = await readFile(join(assets, 'pacote-amassado.jpg'));
  await simulator.phone(phones.taina).sends({
    image: { data: new Uint8Array(photo), mimeType: 'image/jpeg', caption: 'oii, chegou hoje mas veio assim 😕' },
  });
}

/** João has been here before, and is back. */
async function withHistory({ simulator }: SeedOptions, { server, ana }: Clients, customerId: string): Promise<void> {
  const joao = simulator.phone(phones.joao);
  await joao.says('Bom dia! O pedido 8790 chegou certinho, obrigado.');
  await joao.says('Só uma dúvida: como faço para mudar o endereço de entrega?');
  const first = await conversationOf(server, 'joao');
  await server.contacts.link(first.contact.id, customerId);
  await ana.conversations.accept(first.id);
  await ana.messages.send(first.id, {
    type: 'text',
    text: 'Bom dia, João! Que bom. Já troquei por aqui: as próximas entregas vão para a *Rua das Acácias, 120*.',
  });
  await shown(joao, 'Rua das Acácias');
  joao.reads();
  await ana.conversations.close(first.id, { outcome: 'resolved' });
  await joao.says('Perfeito! Aproveitando: vocês têm o filtro de papel 103?');
  await conversationOf(server, 'joao', first.id);
}

/** Cláudia gets a document from Ana, and asks for one more. */
async function withFiles({ simulator }: SeedOptions, { server, ana }: Clients, customerId: string): Promise<void> {
  const claudia = simulator.phone(phones.claudia);
  const conversation = await conversationOf(server, 'claudia');
  await server.contacts.link(conversation.contact.id, customerId);
  await ana.conversations.accept(conversation.id);
  await ana.messages.send(conversation.id, {
    type: 'text',
    text: 'Bom dia, Cláudia! Já localizei o pedido 8812. Segue a nota:',
  });
  const file = new Blob([new Uint8Array(await readFile(join(assets, 'nota-fiscal-8812.pdf')))], {
    type: 'application/pdf',
  });
  const attachment = await ana.attachments.upload(file, { fileName: 'nota-fiscal-8812.pdf' });
  await ana.messages.send(conversation.id, { type: 'document', attachmentId: attachment.id });
  await claudia.waitFor(({ content }) => content.type === 'document', { timeoutMs: 15_000 });
  claudia.reads();
  await claudia.says('Recebi, obrigada!');
  await claudia.says('Consegue me mandar a de outubro também?');
}

/** Rita waits in Financeiro, Severino is with Bruno. */
async function withTransfers(
  { simulator }: SeedOptions,
  { server, ana, bruno }: Clients,
  financeiroId: string,
): Promise<void> {
  const rita = await conversationOf(server, 'rita');
  await ana.conversations.accept(rita.id);
  await ana.conversations.transfer(rita.id, { to: { queueId: financeiroId }, reason: 'Boleto vencido' });

  const severino = await conversationOf(server, 'severino');
  await ana.conversations.accept(severino.id);
  await ana.messages.send(severino.id, {
    type: 'text',
    text: 'Oi, Severino! Vou passar para o Bruno, que cuida da assistência técnica.',
  });
  const { id: agentId } = await bruno.agents.me();
  await ana.conversations.transfer(severino.id, { to: { agentId }, reason: 'Máquina na garantia' });
  await shown(simulator.phone(phones.severino), 'assistência técnica');
}

/** The open conversation of a phone; `after`: not this one any more. */
function conversationOf(client: ProsaClient, who: PhoneKey, after?: string) {
  const phone = phones[who];
  const tail = phone.waId.slice(-8);
  return until(`the conversation of ${phone.name}`, async () => {
    const { data } = await client.conversations.list({ tab: 'all', limit: 100 });
    return data.find((conversation) => conversation.contact.phone?.endsWith(tail) && conversation.id !== after);
  });
}

function shown(phone: ReturnType<Simulator['phone']>, text: string): Promise<unknown> {
  return phone.waitFor(({ content }) => content.type === 'text' && content.body.includes(text), { timeoutMs: 15_000 });
}
