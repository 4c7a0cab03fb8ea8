import { createClient, type ProsaClient } from '@prosa/core';
import { createTestGateway, type TestAgent, type TestGateway } from '@prosa/gateway/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const marina = { from: '+55 83 9 9914-2210', name: 'Marina' };
const marinasPhone = '+5583999142210';
const hour = 3_600_000;

let gateway: TestGateway;
let ana: TestAgent;
let client: ProsaClient;
const clients: ProsaClient[] = [];

function clientOf(agent: TestAgent, { baseUrl, fetch } = gateway): ProsaClient {
  const opened = createClient({ baseUrl, token: agent.token, fetch, storage: null });
  clients.push(opened);
  return opened;
}

beforeEach(async () => {
  gateway = await createTestGateway();
  ana = await gateway.createAgent({ name: 'Ana' });
  client = clientOf(ana);
});

afterEach(async () => {
  for (const opened of clients.splice(0)) opened.destroy();
  await gateway.close();
});

/** @returns the id of a conversation that Ana has taken */
async function conversation(): Promise<string> {
  await gateway.customerSays('Meu pedido não chegou', marina);
  const { data } = await client.conversations.list({ tab: 'waiting' });
  const id = data[0]!.id;
  await client.conversations.accept(id);
  return id;
}

async function sent(id: string) {
  const { data } = await client.messages.list(id);
  return data.find(({ author, direction }) => direction === 'outbound' && author.kind === 'agent');
}

describe('its rules', () => {
  it('close the service window when its clock is put forward', async () => {
    const id = await conversation();
    await gateway.advance(25 * hour);
    await expect(client.messages.send(id, { type: 'text', text: 'Ainda aí?' })).rejects.toMatchObject({
      code: 'window_closed',
    });
    expect(gateway.phoneMessages.map(({ text }) => text)).not.toContain('Ainda aí?');
  });

  it('refuse a token whose time is up, and take the one that is signed next', async () => {
    const token = await ana.token();
    await gateway.advance(2 * hour);
    const me = (bearer: string) => gateway.fetch('/v1/agents/me', { headers: { authorization: `Bearer ${bearer}` } });
    expect(await (await me(token)).json()).toMatchObject({ code: 'token_expired' });
    expect(await (await me(await ana.token())).json()).toMatchObject({ id: ana.id, name: 'Ana' });
    const late = await gateway.agentToken({ name: 'Ana', expiresInSeconds: 0 });
    expect(await (await me(late)).json()).toMatchObject({ code: 'token_expired' });
  });

  it('refuse a page that is not on the list', async () => {
    const headers = { authorization: `Bearer ${await ana.token()}`, origin: 'https://elsewhere.test' };
    const response = await gateway.fetch('/v1/agents/me', { headers });
    expect(await response.json()).toMatchObject({ code: 'origin_not_allowed' });
  });

  it('give protocols the date of its clock', async () => {
    const newYear = await createTestGateway({ now: new Date('2027-01-01T02:30:00Z'), timeZone: 'America/Recife' });
    const bia = clientOf(await newYear.createAgent({ name: 'Bia' }), newYear);
    await newYear.customerSays('Oi', marina);
    const { data } = await bia.conversations.list({ tab: 'waiting' });
    expect(data[0]?.protocol).toBe('20261231000001');
    await newYear.close();
  });

  it('go by fake timers that hold Date', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-20T15:00:00Z') });
    try {
      const still = await createTestGateway();
      const bia = clientOf(await still.createAgent({ name: 'Bia' }), still);
      await still.customerSays('Oi', marina);
      await still.delivered();
      vi.setSystemTime(new Date('2026-11-20T15:10:00Z'));
      const { data } = await bia.conversations.list({ tab: 'waiting' });
      expect(data[0]?.waitingSince).toBe('2026-11-20T15:00:00.000Z');
      await bia.conversations.accept(data[0]!.id);
      expect((await bia.messages.list(data[0]!.id)).data[0]?.createdAt).toBe('2026-11-20T15:10:00.000Z');
      await still.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('hold for each gateway by itself', async () => {
    await gateway.customerSays('Oi', marina);
    const other = await createTestGateway();
    const bia = clientOf(await other.createAgent({ name: 'Bia' }), other);
    expect((await bia.conversations.list({ tab: 'waiting' })).data).toEqual([]);
    await other.close();
  });
});

describe('its WhatsApp', () => {
  it('does not know a phone without its country code', async () => {
    await expect(gateway.customerSays('Oi', { from: 'Marina' })).rejects.toThrow(
      'unable to hear from "Marina"; a phone starts with its country code',
    );
  });

  it('refuses a message when it is told to, once', async () => {
    const id = await conversation();
    await gateway.delivered();
    gateway.refuseNextMessage({ code: 131026, title: 'Message undeliverable' });
    await client.messages.send(id, { type: 'text', text: 'Olá' });
    await gateway.delivered();
    expect(await sent(id)).toMatchObject({ status: 'failed', failure: { code: '131026' } });
    await client.messages.send(id, { type: 'text', text: 'Olá de novo' });
    await gateway.delivered();
    expect(gateway.phoneMessages.at(-1)).toMatchObject({ to: marinasPhone, type: 'text', text: 'Olá de novo' });
  });

  it('takes a message, and the customer reads it', async () => {
    const id = await conversation();
    await client.messages.send(id, { type: 'text', text: 'Olá' });
    await gateway.delivered();
    expect((await sent(id))?.status).toBe('delivered');
    await gateway.customerReads(marina);
    expect((await sent(id))?.status).toBe('read');
  });

  it('brings back what was tapped, and only what was offered', async () => {
    const server = clientOf({ ...ana, token: () => Promise.resolve(gateway.apiKey) });
    await server.surveys.create({ instrument: 'csat', name: 'Satisfação', trigger: 'manual' });
    const id = await conversation();
    await expect(gateway.customerTaps('5', marina)).rejects.toThrow(`${marinasPhone} was offered nothing`);
    await server.surveys.send(id, { instrument: 'csat' });
    await gateway.delivered();
    await expect(gateway.customerTaps('Talvez', marina)).rejects.toThrow(/unable to tap "Talvez"; .* was offered ".+"/);
    await gateway.customerTaps('5 – Ótimo', marina);
    expect((await server.surveys.responses()).data).toMatchObject([{ score: 5 }]);
  });

  it('approves a template as it is submitted, and takes it when the window is closed', async () => {
    const server = clientOf({ ...ana, token: () => Promise.resolve(gateway.apiKey) });
    const { id: templateId } = await server.hsm.create({
      name: 'pedido_saiu',
      category: 'UTILITY',
      language: 'pt_BR',
      components: [{ type: 'BODY', text: 'Olá, {{1}}. Seu pedido saiu.', examples: ['Marina'] }],
    });
    await gateway.delivered();
    expect((await server.hsm.get(templateId)).status).toBe('approved');
    const id = await conversation();
    await gateway.advance(25 * hour);
    await client.messages.send(id, { type: 'template', templateId, variables: { 'body.1': 'Marina' } });
    await gateway.delivered();
    expect(gateway.phoneMessages.at(-1)).toMatchObject({ to: marinasPhone, type: 'template', text: null });
    const components = [{ type: 'BODY' as const, text: 'Olá, {{1}}. Ele saiu.', examples: ['Marina'] }];
    await server.hsm.update(templateId, { components });
    await gateway.delivered();
    await server.hsm.sync();
    await gateway.delivered();
    expect((await server.hsm.get(templateId)).status).toBe('approved');
    await server.hsm.delete(templateId);
    await gateway.delivered();
    expect((await server.hsm.list()).data.map(({ status }) => status)).not.toContain('approved');
  });

  it('sends a dispatch to everybody, and at its time', async () => {
    const server = clientOf({ ...ana, token: () => Promise.resolve(gateway.apiKey) });
    const { id: templateId } = await server.hsm.create({
      name: 'pedido_saiu',
      category: 'UTILITY',
      language: 'pt_BR',
      components: [{ type: 'BODY', text: 'Seu pedido saiu.' }],
    });
    await gateway.delivered();
    const phones = Array.from({ length: 25 }, (_, index) => `+5583988${String(100_100 + index)}`);
    const list = { name: 'Avisos', template: { templateId }, recipients: phones.map((phone) => ({ to: { phone } })) };
    const now = await server.dispatches.create(list);
    await gateway.delivered();
    expect(gateway.phoneMessages.map(({ to }) => to).sort()).toEqual(phones);
    expect(await server.dispatches.get(now.id)).toMatchObject({ status: 'finished', total: 25 });
    await gateway.advance(3 * 24 * hour);
    const scheduledAt = new Date(gateway.clock.now() + hour).toISOString();
    const { id } = await server.dispatches.create({
      ...list,
      recipients: [{ to: { phone: phones[0]! } }],
      scheduledAt,
    });
    await gateway.delivered();
    expect((await server.dispatches.get(id)).status).toBe('scheduled');
    await gateway.advance(hour);
    expect((await server.dispatches.get(id)).status).toBe('finished');
  });

  it('has no network behind it', async () => {
    await expect(gateway.fetch('https://graph.facebook.com/v25.0/me')).rejects.toThrow(
      'only http://gateway.test is there',
    );
  });
});

describe('its fetch', () => {
  it('ends with the reason of the signal, before and while it answers', async () => {
    const reason = new Error('changed my mind');
    await expect(gateway.fetch('/health', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);

    const leaving = new AbortController();
    const headers = { authorization: `Bearer ${await ana.token()}` };
    const response = await gateway.fetch('/v1/events', { headers, signal: leaving.signal });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body!.getReader();
    await reader.read();
    const next = reader.read();
    leaving.abort(reason);
    await expect(next).rejects.toBe(reason);
  });

  it('streams what happens to a client, until the gateway closes', async () => {
    const states: string[] = [];
    client.on('connection.changed', ({ state }) => states.push(state));
    const heard = new Promise<string>((resolve) => {
      client.on('message.created', ({ data: { message } }) => {
        if (message.content.type === 'text') resolve(message.content.text);
      });
    });
    await expect.poll(() => states).toContain('connected');
    await gateway.customerSays('Alguém aí?', marina);
    expect(await heard).toBe('Alguém aí?');
    await gateway.close();
    await expect.poll(() => states.at(-1)).toBe('reconnecting');
  });

  it('takes files and hands them out again', async () => {
    const file = new Blob(['pedido;valor\n1;20'], { type: 'text/plain' });
    const { id } = await client.attachments.upload(file, { fileName: 'pedidos.txt' });
    const { url } = await client.attachments.url(id);
    expect(await (await gateway.fetch(url)).text()).toBe('pedido;valor\n1;20');
  });

  it('signs who a visitor is, for a while', async () => {
    const key = await gateway.createWebchat();
    const identity = await gateway.visitorToken({ externalId: 'cliente-42', name: 'Marina', expiresInSeconds: 60 });
    const begin = async () => {
      const body = JSON.stringify({ key, identity });
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
      return await (await gateway.fetch('/v1/webchat/sessions', { method: 'POST', headers, body })).json();
    };
    expect(await begin()).toMatchObject({ visitor: { name: 'Marina', verified: true } });
    await gateway.advance(2 * hour);
    expect(await begin()).toMatchObject({ code: 'token_expired' });
  });

  it('serves a webchat to the pages of its origin', async () => {
    const key = await gateway.createWebchat({ title: 'Loja' });
    const start = (origin: string) =>
      gateway.fetch('/v1/webchat/sessions', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ key }),
      });
    expect((await start('https://elsewhere.test')).status).toBe(403);
    expect((await start('http://crm.test')).status).toBe(200);
  });

  it('speaks for a server with the API key', async () => {
    await gateway.customerSays('Oi', marina);
    const server = createClient({
      baseUrl: gateway.baseUrl,
      token: gateway.apiKey,
      fetch: gateway.fetch,
      storage: null,
    });
    clients.push(server);
    expect((await server.conversations.list()).data).toHaveLength(1);
  });
});
