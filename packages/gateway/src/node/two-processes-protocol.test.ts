import type { Conversation, Customer, Message, Page, Protocol, ProtocolExport } from '@prosa/core/contract';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { day } from '../clock.ts';
import { identificationQuestion } from '../domain/identification.ts';
import type { GatewayProcess } from '../testbed/gateway-process.ts';
import { openProcesses, type Processes } from '../testbed/processes.ts';
import { threadOf } from '../testbed/queues.ts';

const phoneOf = (customer: number) => `+55839880${String(10_000 + customer)}`;

/** Numbers come from the database that both processes share, whichever of them serves the customer. */
describe.each(['sqlite', 'postgres'] as const)('%s', { timeout: 180_000 }, (engine) => {
  let at: Processes;
  beforeAll(async () => {
    at = await openProcesses(engine);
  });
  afterAll(() => at.close());

  it.concurrent('numbers fifty services that begin at once, without a gap, and tells each once', async ({ expect }) => {
    const { server, webhook } = await at.workspace('Cacau');
    await server.call('PATCH', '/v1/settings', { protocolFormat: '{nnnnnnnn}' });
    const customers = Array.from({ length: 50 }, (_, customer) => customer);
    const hello = (customer: number, process: GatewayProcess) =>
      webhook(process, { phone: phoneOf(customer), text: 'Oi', id: `wamid.hello.${engine}.${customer}` });
    const answers = await Promise.all([
      ...customers.map((customer) => hello(customer, customer % 2 === 0 ? at.a : at.b)),
      // Meta says some of it twice, and the second time to the other process.
      ...customers.slice(0, 10).map((customer) => hello(customer, customer % 2 === 0 ? at.b : at.a)),
    ]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const all = async () =>
      (await at.b.as(server).call<Page<Conversation>>('GET', '/v1/conversations?limit=100')).body.data;
    await expect.poll(async () => (await all()).length, { timeout: 20_000 }).toBe(50);
    const numbers = customers.map((customer) => String(customer + 1).padStart(8, '0'));
    expect((await all()).map(({ protocol }) => protocol).sort()).toEqual(numbers);

    const notices = async () => {
      const told = (await all()).map(({ contact, protocol }) => ({ to: contact.phone?.slice(1), protocol }));
      return told.map(
        ({ to, protocol }) => at.graph.sent.filter((one) => one.to === to && one.text.includes(protocol ?? '?')).length,
      );
    };
    await expect.poll(notices, { timeout: 20_000 }).toEqual(customers.map(() => 1));
    for (const { id, protocol } of (await all()).slice(0, 3)) {
      const { body } = await at.b.as(server).call<Protocol>('GET', `/v1/protocols/${protocol ?? ''}`);
      expect(body).toMatchObject({ number: protocol, conversation: { id } });
      const { said } = await threadOf(at.a.as(server), id);
      expect([said.length, said[0]]).toEqual([2, '< Oi']);
    }
    for (const process of [at.a, at.b]) {
      expect((await process.as(server).call('GET', '/v1/protocols/00000051')).status).toBe(404);
    }
  });

  it.concurrent('has the history, the copy for the customer and its term in both', async ({ expect }) => {
    const workspace = await at.workspace('Cacau');
    const { server } = workspace;
    const ana = await workspace.agent('Ana');
    const { id, protocol } = await workspace.says(at.b, phoneOf(0), 'Meu boleto venceu', 'Marina');
    const number = protocol ?? '';
    const on = (process: GatewayProcess, rest: string) => process.as(ana).call('GET', `/v1/protocols/${number}${rest}`);
    expect((await on(at.a, '')).body).toMatchObject({ number, retainedUntil: null });
    await at.a.as(ana).call('POST', `/v1/conversations/${id}/accept`);
    await at.b.as(ana).call('POST', `/v1/conversations/${id}/messages`, { type: 'text', text: 'Segue a 2ª via' });
    await at.a.as(ana).call('POST', `/v1/conversations/${id}/close`, {});
    for (const process of [at.a, at.b]) {
      const { data } = (await on(process, '/history')).body as Page<Message>;
      const told = data.map(({ content }) => (content.type === 'event' ? content.event.name : content.type));
      expect(told).toEqual(['text', 'queued', 'protocol_assigned', 'text', 'accepted', 'text', 'closed']);
      const { messages, ...about } = (await on(process, '/export')).body as ProtocolExport;
      expect(about).toMatchObject({ number, origin: 'whatsapp', outcome: 'resolved' });
      expect(messages.map(({ author }) => author)).toEqual(['customer', 'system', 'team']);
    }
    await at.a.as(server).call('PATCH', '/v1/settings', { retentionDays: 365 });
    const kept = (await on(at.b, '')).body as Protocol;
    const closedAt = Date.parse(kept.conversation.closedAt ?? '');
    expect(Date.parse(kept.retainedUntil ?? '') - closedAt).toBe(365 * day);
    expect((await at.a.as(server).call('PATCH', '/v1/settings', { retentionDays: 30 })).status).toBe(422);
  });

  it.concurrent('asks for CPF or CNPJ once, and takes the answer that the other process gets', async ({ expect }) => {
    const workspace = await at.workspace('Cacau');
    const { server } = workspace;
    await at.b.as(server).call('PATCH', '/v1/settings', { identification: 'ask' });
    const asked = (said: readonly string[]) => said.filter((line) => line === `* ${identificationQuestion}`).length;
    const marina = await workspace.says(at.a, phoneOf(0), 'Oi', 'Marina');
    const known = await workspace.says(at.b, phoneOf(0), 'CPF 529.982.247-25', 'Marina');
    expect(known).toMatchObject({ id: marina.id, status: 'queued', customer: { name: 'Marina' } });
    const { body } = await at.a.as(server).call<Page<Customer>>('GET', '/v1/customers');
    expect(body.data).toMatchObject([{ document: { kind: 'cpf', value: '52998224725' } }]);
    const shy = await workspace.says(at.b, phoneOf(1), 'Oi', 'Nina');
    expect(await workspace.says(at.a, phoneOf(1), 'pular', 'Nina')).toMatchObject({ id: shy.id, customer: null });
    await workspace.says(at.b, phoneOf(1), 'Alguém?', 'Nina');
    for (const { id } of [marina, shy]) expect(asked((await threadOf(at.b.as(server), id)).said)).toBe(1);
  });
});
