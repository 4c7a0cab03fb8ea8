import type { ProsaClient } from '@prosa/core';
import { createTestGateway, type TestAgent, type TestGateway } from '@prosa/gateway/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pngFile } from '../testbed/files.ts';

const marina = { name: 'Marina' };

let gateway: TestGateway;
let ana: TestAgent;
let client: ProsaClient;

beforeEach(async () => {
  gateway = await createTestGateway();
  ana = await gateway.createAgent({ name: 'Ana', role: 'administrator' });
  client = ana.client();
});
afterEach(() => gateway.close());

describe('customers', () => {
  it('are the same by their name, and one without a name is one, too', async () => {
    const first = await gateway.customerSays('Oi', marina);
    const again = await gateway.customerSays('Alguém?', marina);
    const other = await gateway.customerSays('Oi', { name: 'Caio' });
    const unnamed = await gateway.customerSays('Oi');
    expect(again.id).toBe(first.id);
    expect(new Set([first.id, other.id, unnamed.id])).toHaveProperty('size', 3);
    expect((await gateway.customerSays('Oi de novo')).id).toBe(unnamed.id);
    expect(again).toMatchObject({ contact: { name: 'Marina' }, unreadCount: 2, lastMessage: { text: 'Alguém?' } });
  });

  it('send files, which are there when it settles', async () => {
    const { id } = await gateway.customerSays('Chegou assim', { ...marina, image: true });
    const contract = new Blob(['valor;20'], { type: 'text/plain' });
    await gateway.customerSays('', { ...marina, document: contract, fileName: 'contrato.txt' });
    const contents = (await client.messages.list(id)).data.map(({ content }) => content);
    const file = contents.find(({ type }) => type === 'document');
    expect(contents.find(({ type }) => type === 'image')).toMatchObject({
      type: 'image',
      caption: 'Chegou assim',
      attachment: { status: 'ready', mimeType: 'image/png' },
    });
    expect(file).toMatchObject({ type: 'document', caption: null, attachment: { fileName: 'contrato.txt' } });
    const { url } = await client.attachments.url(file?.type === 'document' ? file.attachment.id : '');
    expect(await (await gateway.fetch(url)).text()).toBe('valor;20');
  });

  it('send one file at a time', async () => {
    const files = { image: true, audio: new Blob() } as const;
    await expect(gateway.customerSays('Oi', files)).rejects.toThrow('unable to send image and audio');
  });

  it('get what is sent to them, and nobody else does', async () => {
    const { id } = await gateway.customerSays('Oi', marina);
    await gateway.customerSays('Oi', { name: 'Caio' });
    await client.conversations.accept(id);
    await client.messages.send(id, { type: 'text', text: 'Bom dia' });
    const toMarina = await gateway.sentToCustomer(marina);
    expect(toMarina.at(-1)).toMatchObject({ type: 'text', text: 'Bom dia' });
    const texts = (await gateway.sentToCustomer({ name: 'Caio' })).map(({ text }) => text);
    expect(texts).not.toContain('Bom dia');
    expect((await gateway.sentToCustomer()).length).toBe(toMarina.length + texts.length);
  });
});

describe('a customer who is meant by name', () => {
  it('is who wrote with that name and a phone', async () => {
    const { id } = await gateway.customerSays('Oi', { ...marina, from: '+55 83 9 9914-2210' });
    expect((await gateway.customerSays('Alguém?', marina)).id).toBe(id);
    await client.conversations.accept(id);
    await client.messages.send(id, { type: 'text', text: 'Bom dia' });
    expect((await gateway.sentToCustomer(marina)).at(-1)).toMatchObject({ text: 'Bom dia', to: '+5583999142210' });
  });

  it('is who the desk wrote to first', async () => {
    const { id: templateId } = await client.hsm.create({
      name: 'pedido_saiu',
      category: 'UTILITY',
      language: 'pt_BR',
      components: [{ type: 'BODY', text: 'Seu pedido saiu.' }],
    });
    await gateway.delivered();
    const { id } = await client.conversations.start({
      to: { phone: '+55 83 9 9815-3307', name: 'Caio' },
      template: { templateId },
    });
    expect(await gateway.sentToCustomer({ name: 'Caio' })).toMatchObject([{ type: 'template' }]);
    expect((await gateway.customerSays('Oba', { name: 'Caio' })).id).toBe(id);
  });

  it('is somebody', async () => {
    await expect(gateway.sentToCustomer(marina)).rejects.toThrow(
      'unable to find the customer "Marina"; nobody has written yet',
    );
    await gateway.customerSays('Oi', { name: 'Caio' });
    await expect(gateway.customerReads(marina)).rejects.toThrow('those who wrote are "Caio"');
    await expect(gateway.customerTaps('Sim', marina)).rejects.toThrow('unable to find the customer "Marina"');
    await expect(gateway.customerReads()).rejects.toThrow('unable to find the customer without a name');
  });

  it('is one', async () => {
    await gateway.customerSays('Oi', { ...marina, from: '+55 83 9 9914-2210' });
    await gateway.customerSays('Oi', { ...marina, from: '+55 83 9 9815-3307' });
    await expect(gateway.sentToCustomer(marina)).rejects.toThrow(
      'unable to tell which customer is "Marina"; there are +5583999142210, +5583998153307',
    );
  });
});

describe('visitors', () => {
  it('go on with their conversation, and are told apart by their names', async () => {
    const first = await gateway.visitorSays('Vocês entregam hoje?', { name: 'Caio', email: 'caio@example.com' });
    expect(first).toMatchObject({ origin: 'webchat', contact: { name: 'Caio', verified: false } });
    expect((await gateway.visitorSays('Alô?', { name: 'Caio' })).id).toBe(first.id);
    expect((await gateway.visitorSays('Oi', { name: 'Bia' })).id).not.toBe(first.id);
  });

  it('are who the website says, and send files', async () => {
    const webchat = await gateway.createWebchat({ title: 'Loja', form: { name: 'optional', subjects: ['Troca'] } });
    const visitor = { externalId: 'cliente-42', name: 'Lia', webchat, subject: 'Troca' };
    const { id, contact, subject } = await gateway.visitorSays('Veja', { ...visitor, image: true });
    expect([contact.verified, subject]).toEqual([true, 'Troca']);
    expect((await client.messages.list(id)).data.map(({ content }) => content.type)).toContain('image');
  });

  it('are refused as a page would be', async () => {
    await expect(gateway.visitorSays('Oi', { webchat: 'wck_nenhuma' })).rejects.toThrow('unable to be a visitor');
  });
});

describe('what WhatsApp tells', () => {
  it('comes when it is told to', async () => {
    const slow = await createTestGateway({ receipts: 'manual' });
    const { id } = await slow.customerSays('Oi', marina);
    const bia = (await slow.createAgent({ name: 'Bia' })).client();
    await bia.conversations.accept(id);
    const message = await bia.messages.send(id, { type: 'text', text: 'Bom dia' });
    const stateOf = async () => (await bia.messages.get(id, message.id)).status;
    await slow.delivered();
    expect(await stateOf()).toBe('sent');
    await slow.deliverStatus(message, 'read');
    expect(await stateOf()).toBe('read');

    const lost = await bia.messages.send(id, { type: 'text', text: 'Ainda aí?' });
    await slow.delivered();
    await slow.deliverStatus(lost, 'failed', { code: 131047, title: 'Re-engagement message' });
    expect((await bia.messages.get(id, lost.id)).failure).toMatchObject({ code: '131047' });
    await slow.close();
  });

  it('is about messages that it has', async () => {
    await expect(gateway.deliverStatus({ id: 'msg_nenhuma' }, 'read')).rejects.toThrow('WhatsApp has no such message');
  });

  it('is that the window of a conversation is closed, and of no other', async () => {
    const { id } = await gateway.customerSays('Oi', marina);
    const other = await gateway.customerSays('Oi', { name: 'Caio' });
    await client.conversations.accept(id);
    await client.conversations.accept(other.id);
    await gateway.closeWindow({ id });
    await gateway.closeWindow(await gateway.visitorSays('Oi'));
    const write = (to: string) => client.messages.send(to, { type: 'text', text: 'Bom dia' });
    await expect(write(id)).rejects.toMatchObject({ code: 'window_closed' });
    await write(other.id);
  });
});

describe('time', () => {
  it('runs out for a card, at once', async () => {
    client.connection.connect();
    await client.agents.setPresence({ state: 'online' });
    const { queues } = await gateway.seed({ queues: [{ name: 'Vendas', routing: 'offer', offerSeconds: 30 }] });
    const { id } = await gateway.customerSays('Oi', marina);
    await gateway.serverClient().conversations.transfer(id, { to: { queueId: queues[0]!.id } });
    await expect.poll(async () => (await client.conversations.get(id)).status).toBe('offered');
    await gateway.advance({ seconds: 31 });
    expect(await client.conversations.get(id)).toMatchObject({ status: 'queued', offer: null });
  });

  it('runs out for who waits in a queue, and for the answer to a survey', async () => {
    const server = gateway.serverClient();
    const { data } = await server.queues.list();
    await server.queues.update(data[0]!.id, { queueTimeoutMinutes: 30 });
    await server.surveys.create({ instrument: 'nps', name: 'NPS', trigger: 'manual', expiresInSeconds: 600 });
    const { id } = await gateway.customerSays('Oi', marina);
    const asked = await gateway.customerSays('Oi', { name: 'Caio' });
    await client.conversations.accept(asked.id);
    await server.surveys.send(asked.id, { instrument: 'nps' });
    await gateway.advance({ minutes: 31 });
    expect(await server.conversations.get(id)).toMatchObject({ status: 'closed', outcome: 'queue_timeout' });
    expect((await server.surveys.responses()).data[0]?.status).toBe('timed_out');
  });

  it('sends what had to wait', async () => {
    const { id } = await gateway.customerSays('Oi', marina);
    await client.conversations.accept(id);
    await gateway.delivered();
    gateway.refuseNextMessage({ code: 131056, title: 'Too many messages to this pair' });
    await client.messages.send(id, { type: 'text', text: 'Bom dia' });
    await gateway.delivered();
    const texts = () => gateway.phoneMessages.map(({ text }) => text);
    expect(texts()).not.toContain('Bom dia');
    await gateway.advance({ hours: 1 });
    expect(texts()).toContain('Bom dia');
  });

  it('passes for the clients too, whose streams go on with another token', async () => {
    const states: string[] = [];
    client.on('connection.changed', ({ state }) => states.push(state));
    client.connection.connect();
    await expect.poll(() => states.at(-1)).toBe('connected');
    await gateway.advance({ days: 1, hours: 2 });
    expect(gateway.clock.now() - Date.now()).toBeGreaterThan(25 * 3_600_000);
    await expect.poll(() => states.at(-1)).toBe('connected');
    const heard = new Promise((resolve) => client.on('message.created', resolve));
    await gateway.customerSays('Bom dia', marina);
    await heard;
  });

  it('runs timers in the order in which they are due, and not those that were cleared', async () => {
    const { clock } = gateway;
    const ran: string[] = [];
    clock.setTimeout(() => ran.push('later'), 120_000);
    clock.setTimeout(() => ran.push('sooner'), 60_000);
    clock.clearTimeout(clock.setTimeout(() => ran.push('never'), 60_000));
    clock.clearTimeout(clock.setTimeout(() => ran.push('not yet'), 600_000));
    await gateway.advance({ minutes: 2 });
    expect(ran).toEqual(['sooner', 'later']);
  });
});

it('an agent who is deactivated may call nothing', async () => {
  await gateway.deactivate(ana);
  await expect(client.conversations.list()).rejects.toMatchObject({ code: 'agent_deactivated' });
});

describe('a seed', () => {
  it('is a desk at work', async () => {
    const { agents, queues, tags, customers, conversations } = await gateway.seed({
      agents: [{ name: 'Bia', role: 'supervisor' }],
      queues: [{ name: 'Financeiro', agents: ['Bia', 'Davi'] }],
      tags: ['Troca'],
      customers: [{ name: 'Padaria Sol', phone: '+55 83 9 9815-3307' }],
      conversations: [
        { customer: marina, says: ['Oi', 'Segunda via?'], queue: 'Financeiro', tags: ['Troca'] },
        { acceptedBy: 'Bia', answers: ['Bom dia'] },
        { acceptedBy: 'Bia', closed: 'resolved' },
        3,
      ],
    });
    expect(agents.map(({ name }) => name)).toEqual(['Bia', 'Davi']);
    expect(queues[0]?.agents.map(({ name }) => name)).toEqual(['Bia', 'Davi']);
    expect([tags[0]?.name, customers[0]?.name]).toEqual(['Troca', 'Padaria Sol']);
    expect(conversations.map(({ status }) => status)).toEqual([
      'queued',
      'active',
      'closed',
      ...Array(3).fill('queued'),
    ]);
    expect(conversations[0]).toMatchObject({
      queue: { name: 'Financeiro' },
      tags: [{ name: 'Troca' }],
      lastMessage: { text: 'Segunda via?' },
    });
    expect(conversations[1]).toMatchObject({ assignee: { name: 'Bia' }, lastMessage: { text: 'Bom dia' } });
    expect((await client.conversations.counts()).waiting).toBe(4);
  });

  it('says what it does not know', async () => {
    await expect(gateway.seed({ conversations: [{ queue: 'Vendas' }] })).rejects.toThrow(
      'unable to find the queue "Vendas"; the seed has nothing',
    );
    await expect(gateway.seed({ conversations: [{ answers: ['Oi'] }] })).rejects.toThrow('name the agent');
  });
});

it('is closed at the end of a block', async () => {
  let reset: () => Promise<void>;
  {
    await using own = await createTestGateway();
    reset = () => own.reset();
    await reset();
  }
  await expect(reset()).rejects.toThrow('it was closed');
});

describe('reset', () => {
  it('begins at the beginning, at the same address', async () => {
    const { apiKey, fetch } = gateway;
    await gateway.customerSays('Oi', marina);
    await gateway.advance({ days: 3 });
    gateway.goOffline();
    gateway.failNext();
    await gateway.reset();

    expect(gateway.fetch).toBe(fetch);
    expect(gateway.apiKey).not.toBe(apiKey);
    expect(gateway.clock.now() - Date.now()).toBeLessThan(60_000);
    expect(gateway.phoneMessages).toEqual([]);
    expect((await gateway.serverClient().conversations.list()).data).toEqual([]);
    const old = await fetch('/v1/agents/me', { headers: { authorization: `Bearer ${apiKey}` } });
    expect(old.status).toBe(401);
    await expect(client.conversations.list()).rejects.toMatchObject({ code: 'client_destroyed' });
    await gateway.visitorSays('Oi');
  });

  it('comes too late for a gateway that was closed', async () => {
    await gateway.close();
    await expect(gateway.reset()).rejects.toThrow('it was closed');
  });
});

describe('a template', () => {
  const greeting = {
    name: 'saudacao',
    category: 'MARKETING',
    language: 'pt_BR',
    components: [{ type: 'BODY', text: 'Temos novidades.' }],
  } as const;

  it('is rejected or paused when the test says so, as Meta would tell', async () => {
    const server = gateway.serverClient();
    const { id } = await server.hsm.create(greeting);
    await gateway.reviewTemplate({ id }, 'rejected', 'PROMOTIONAL');
    expect(await server.hsm.get(id)).toMatchObject({ status: 'rejected', reason: 'PROMOTIONAL' });
    await expect(
      server.conversations.start({ to: { phone: '+55 83 9 9815-3307' }, template: { templateId: id } }),
    ).rejects.toMatchObject({ code: 'template_not_sendable' });

    // What Meta's list says is the same: asking for it changes nothing.
    await server.hsm.sync();
    await gateway.delivered();
    expect(await server.hsm.get(id)).toMatchObject({ status: 'rejected', reason: 'PROMOTIONAL' });

    await gateway.reviewTemplate({ id }, 'approved');
    await gateway.reviewTemplate({ id }, 'paused');
    expect((await server.hsm.get(id)).status).toBe('paused');
    await gateway.reviewTemplate({ id }, 'approved');
    expect(await server.hsm.get(id)).toMatchObject({ status: 'approved', reason: null });
  });

  it('has a picture as its header, of which Meta gets an example', async () => {
    const server = gateway.serverClient();
    const upload = async () => (await server.attachments.upload(pngFile(), { fileName: 'trufa.png' })).id;
    const { id: templateId } = await server.hsm.create({
      ...greeting,
      components: [{ type: 'HEADER', format: 'IMAGE', attachmentId: await upload() }, ...greeting.components],
    });
    await gateway.delivered();
    expect((await server.hsm.get(templateId)).status).toBe('approved');
    await server.conversations.start({
      to: { phone: '+55 83 9 9815-3307', name: 'Caio' },
      template: { templateId, attachmentId: await upload() },
    });
    expect((await gateway.sentToCustomer({ name: 'Caio' })).at(-1)?.payload).toMatchObject({
      template: { components: [{ type: 'header', parameters: [{ type: 'image' }] }] },
    });
  });

  it('is one that the gateway has', async () => {
    await expect(gateway.reviewTemplate({ id: 'hsm_nobody' }, 'rejected')).rejects.toThrow(
      'unable to review hsm_nobody; WhatsApp has no such template',
    );
  });
});
