import type { ConnectionSnapshot, ProsaClient } from '@prosa/core';
import { createTestGateway, type TestAgent, type TestGateway } from '@prosa/gateway/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const send = 'POST /v1/conversations/{conversationId}/messages';
const hello = { type: 'text', text: 'Bom dia' } as const;

let gateway: TestGateway;
let ana: TestAgent;
let client: ProsaClient;
let id: string;

beforeEach(async () => {
  gateway = await createTestGateway();
  ana = await gateway.createAgent({ name: 'Ana' });
  client = ana.client();
  ({ id } = await gateway.customerSays('Oi', { name: 'Marina' }));
  await client.conversations.accept(id);
});
afterEach(() => gateway.close());

const me = () => gateway.fetch('/v1/agents/me');
const textsOf = async () =>
  (await client.messages.list(id)).data.flatMap(({ content }) => (content.type === 'text' ? [content.text] : []));

/** @returns the states that a client's stream goes through */
async function connect(): Promise<readonly ConnectionSnapshot['state'][]> {
  const states: ConnectionSnapshot['state'][] = [];
  client.on('connection.changed', ({ state }) => states.push(state));
  client.connection.connect();
  await expect.poll(() => states.at(-1)).toBe('connected');
  return states;
}

describe('without a network', () => {
  it('no client reaches the gateway, and what tests do goes on', async () => {
    gateway.goOffline();
    await expect(me()).rejects.toThrow('Failed to fetch');
    await gateway.customerSays('Ainda aí?', { name: 'Marina' });
    gateway.goOnline();
    expect(await textsOf()).toContain('Ainda aí?');
  });

  it('breaks a stream, which misses nothing once it is back', async () => {
    const states = await connect();
    const heard: string[] = [];
    client.on('message.created', ({ data: { message } }) => {
      if (message.content.type === 'text') heard.push(message.content.text);
    });
    gateway.goOffline();
    await expect.poll(() => states.at(-1)).toBe('reconnecting');
    await gateway.customerSays('Um', { name: 'Marina' });
    await gateway.customerSays('Dois', { name: 'Marina' });
    gateway.goOnline();
    await expect.poll(() => heard).toEqual(['Um', 'Dois']);
  });

  it('loses the answer that was on its way', async () => {
    const goOn = gateway.delayNext();
    const asked = me();
    gateway.goOffline();
    goOn();
    await expect(asked).rejects.toThrow('Failed to fetch');
  });

  it('tells who was online already nothing', async () => {
    gateway.goOnline();
    expect((await me()).status).toBe(401);
  });
});

it('cuts streams, and the next one goes on from there', async () => {
  const states = await connect();
  gateway.cutStreams();
  await expect.poll(() => states.at(-1)).toBe('reconnecting');
  await gateway.customerSays('Caiu?', { name: 'Marina' });
  const heard = new Promise((resolve) => client.on('message.created', resolve));
  client.connection.retry();
  expect(await heard).toMatchObject({ data: { message: { content: { text: 'Caiu?' } } } });
  expect(states.at(-1)).toBe('connected');
});

describe('a request that fails', () => {
  it('is refused as the gateway would, once, and only where it was meant', async () => {
    gateway.failNext({ code: 'window_closed', to: send });
    expect((await client.conversations.get(id)).id).toBe(id);
    await expect(client.messages.send(id, hello)).rejects.toMatchObject({ code: 'window_closed', status: 409 });
    await client.messages.send(id, hello);
    expect(await textsOf()).toContain('Bom dia');
  });

  it('says when to come back', async () => {
    gateway.failNext({ code: 'rate_limited', retryAfter: 7 });
    const response = await me();
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await response.json()).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 7 });
  });

  it('is answered by something else than the gateway, as often as was said', async () => {
    gateway.failNext({ status: 502, times: 2, retryAfter: 1 });
    const answers = [await me(), await me(), await me()];
    expect(answers.map(({ status }) => status)).toEqual([502, 502, 401]);
    expect(answers[0]?.headers.get('content-type')).toBe('text/html');
  });

  it('gets no answer when nothing is said', async () => {
    gateway.failNext();
    await expect(me()).rejects.toThrow('Failed to fetch');
  });

  it('is done once when its answer got lost and it is tried again', async () => {
    gateway.failNext({ to: send, answerLost: true });
    await client.messages.send(id, hello);
    expect(await textsOf()).toEqual(expect.arrayContaining(['Bom dia', 'Oi']));
    expect((await textsOf()).filter((text) => text === 'Bom dia')).toHaveLength(1);
  });

  it('is told apart by its method, too', async () => {
    gateway.failNext({ status: 500, to: 'GET /v1/conversations/{conversationId}/messages' });
    await client.messages.send(id, hello);
    const response = await gateway.fetch(`/v1/conversations/${id}/messages`);
    expect(response.status).toBe(500);
  });
});

describe('a request that no gateway has', () => {
  it('is refused before a test waits for it', () => {
    const nope = 'POST /v1/nope' as 'POST /v1/tags';
    expect(() => gateway.failNext({ to: nope })).toThrow(
      'unable to fail "POST /v1/nope"; the gateway has no such route',
    );
    const onlyPath = '/v1/tags' as 'GET /v1/tags';
    expect(() => gateway.delayNext({ to: onlyPath })).toThrow('a route is METHOD /path');
    const wrongMethod = 'DELETE /v1/queues' as 'GET /v1/queues';
    expect(() => gateway.failNext({ to: wrongMethod })).toThrow('there are "GET /v1/queues"');
  });

  it('is told apart from one that is named with its id', async () => {
    const other = await gateway.customerSays('Oi', { name: 'Caio' });
    gateway.failNext({ code: 'unavailable', to: `GET /v1/conversations/${id}` });
    expect((await client.conversations.get(other.id)).id).toBe(other.id);
    expect((await gateway.fetch(`/v1/conversations/${id}`)).status).toBe(503);
  });
});

describe('a request that is held', () => {
  it('goes on when it may', async () => {
    let isAnswered = false;
    const goOn = gateway.delayNext({ to: 'GET /v1/agents/me' });
    const asked = me().then(() => (isAnswered = true));
    await client.conversations.get(id);
    expect(isAnswered).toBe(false);
    goOn();
    expect(await asked).toBe(true);
  });

  it('holds nobody when it may go on before it is asked', async () => {
    gateway.delayNext()();
    expect((await me()).status).toBe(401);
  });

  it('can be given up', async () => {
    gateway.delayNext();
    const leaving = new AbortController();
    const asked = gateway.fetch('/health', { signal: leaving.signal });
    leaving.abort(new Error('gone'));
    await expect(asked).rejects.toThrow('gone');
  });
});
