import type { Contact, Conversation, Customer, Message, Page } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { identificationInvalid, identificationQuestion } from '../domain/identification.ts';
import { openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { openWebchat } from '../testbed/visitor.ts';

const marina = '+5583999142210';
const cpf = '529.982.247-25';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana Prado' });
    await workspace.server.call('PATCH', '/v1/settings', { identification: 'ask' });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const says = (text: string, phone = marina) => workspace.customerSays(phone, text, { name: 'Marina Conceição' });
  const newest = async (): Promise<Conversation> => {
    const { body } = await ana.call<Page<Conversation>>('GET', '/v1/conversations');
    const [conversation] = body.data;
    if (!conversation) throw new Error('nobody wrote');
    return conversation;
  };
  const said = async (id: string) => {
    const { body } = await ana.call<Page<Message>>('GET', `/v1/conversations/${id}/messages?limit=100`);
    return body.data
      .toReversed()
      .filter(({ direction }) => direction !== 'internal')
      .map(({ direction, content }) => `${direction}: ${'text' in content ? content.text : content.type}`);
  };
  const asked = (lines: readonly string[]) =>
    lines.filter((line) => line === `outbound: ${identificationQuestion}`).length;
  const told = (lines: readonly string[]) =>
    lines.filter((line) => line === `outbound: ${identificationInvalid}`).length;
  const customers = async () => (await ana.call<Page<Customer>>('GET', '/v1/customers')).body.data;

  it('asks after the protocol, and makes a record for a document that nobody has', async () => {
    await says('Oi');
    const { id, protocol, customer } = await newest();
    expect(customer).toBeNull();
    const lines = await said(id);
    expect(lines[0]).toBe('inbound: Oi');
    expect(lines[1]).toContain(protocol);
    expect(lines.slice(2)).toEqual([`outbound: ${identificationQuestion}`]);

    await says(`Meu CPF é ${cpf}`);
    const after = await newest();
    expect(after).toMatchObject({ id, status: 'queued', customer: { name: 'Marina Conceição' }, unreadCount: 2 });
    expect(await customers()).toMatchObject([
      { name: 'Marina Conceição', phone: marina, document: { kind: 'cpf', value: '52998224725' } },
    ]);
    const log = await opened.database.read
      .selectFrom('events')
      .select(['type', 'conversationId'])
      .orderBy('seq')
      .execute();
    const types = log.map(({ type }) => type);
    expect(types).toContain('customer.created');
    expect(types).toContain('customer.linked');
    expect(types).toContain('conversation.updated');
    expect(new Set(log.map(({ conversationId }) => conversationId)).size).toBe(2);
  });

  it('links the record that has the document, whichever way it is typed', async () => {
    const { body } = await ana.call<Customer>('POST', '/v1/customers', {
      name: 'Padaria Pão & Cia',
      document: { kind: 'cnpj', value: '12.ABC.345/01DE-35' },
    });
    await says('Oi');
    await says('12abc34501de35');
    expect((await newest()).customer).toEqual({ id: body.id, name: 'Padaria Pão & Cia' });
    expect(await customers()).toHaveLength(1);
    const contacts = await ana.call<Page<Contact>>('GET', `/v1/contacts?customerId=${body.id}`);
    expect(contacts.body.data).toHaveLength(1);
  });

  it('tells of a wrong number once, and still takes the right one', async () => {
    await says('Oi');
    for (const text of ['529.982.247-26', '529.982.247-27', 'Opa, errei']) await says(text);
    const { id, customer } = await newest();
    expect(customer).toBeNull();
    expect([asked(await said(id)), told(await said(id))]).toEqual([1, 1]);
    await says(cpf);
    expect((await newest()).customer).not.toBeNull();
  });

  it('takes `pular` for an answer, and anything else for a message', async () => {
    await says('Oi');
    await says('Quero saber do pedido 12345');
    await says('Pular');
    await says(cpf);
    const { id, customer, unreadCount } = await newest();
    expect([customer, unreadCount]).toEqual([null, 4]);
    expect(asked(await said(id))).toBe(1);
    expect(await customers()).toEqual([]);
  });

  it('never asks twice in a service, nor while an agent attends', async () => {
    await says('Oi');
    const { id } = await newest();
    expect((await ana.call('POST', `/v1/conversations/${id}/accept`)).status).toBe(200);
    await says('529.982.247-26');
    await says(cpf);
    expect((await newest()).customer).toBeNull();
    const queueId = (await newest()).queue?.id;
    expect((await ana.call('POST', `/v1/conversations/${id}/transfer`, { to: { queueId } })).status).toBe(200);
    await says('Ainda aí?');
    const lines = await said(id);
    expect([asked(lines), told(lines)]).toEqual([1, 0]);
  });

  it('asks nobody whom the team knows', async () => {
    await says('Oi');
    await says(cpf);
    const { id } = await newest();
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    await ana.call('POST', `/v1/conversations/${id}/close`, {});
    desk.clock.advance(1000);
    await says('Voltei');
    const again = await newest();
    expect(again.id).not.toBe(id);
    expect(asked(await said(again.id))).toBe(0);
  });

  it('asks nobody where it is off', async () => {
    await workspace.server.call('PATCH', '/v1/settings', { identification: 'off' });
    await says('Oi');
    await says(cpf);
    const { id, customer } = await newest();
    expect([asked(await said(id)), customer]).toEqual([0, null]);
    expect(await customers()).toEqual([]);
  });

  it('asks visitors of a website, too', async () => {
    const webchat = await openWebchat(desk, workspace);
    const visitor = await webchat.visitor();
    const { id } = await visitor.says('Oi');
    expect((await visitor.sends(id, cpf)).status).toBe(200);
    expect(asked(await said(id))).toBe(1);
    expect((await newest()).customer).not.toBeNull();
  });

  it('makes one record when two people type the same document at once', async () => {
    const phones = [marina, '+5583988120042', '+5583988120043', '+5583988120044'];
    for (const phone of phones) await says('Oi', phone);
    await Promise.all(phones.map((phone) => says(cpf, phone)));
    expect(await customers()).toHaveLength(1);
    const { body } = await ana.call<Page<Conversation>>('GET', '/v1/conversations');
    expect(new Set(body.data.map(({ customer }) => customer?.id)).size).toBe(1);
  });
});
