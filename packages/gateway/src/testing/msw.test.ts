import { createClient } from '@prosa/core';
import { createTestGateway } from '@prosa/gateway/testing';
import { gatewayHandlers } from '@prosa/gateway/testing/msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('with msw', async () => {
  const gateway = await createTestGateway({ baseUrl: 'http://chat.example.com' });
  const server = setupServer(...gatewayHandlers(gateway));

  beforeAll(() => server.listen());
  afterAll(async () => {
    server.close();
    await gateway.close();
  });

  it("answers the page's own fetch, refusals too", async () => {
    const response = await fetch('http://chat.example.com/v1/agents/me');
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'unauthenticated' });
  });

  it('refuses an address that it cannot intercept', () => {
    const { fetch } = gateway;
    expect(() => gatewayHandlers({ baseUrl: 'https://chat.example.com', fetch })).toThrow(
      'give createTestGateway an http',
    );
  });

  it('streams to a client that knows nothing of it', async () => {
    const ana = await gateway.createAgent({ name: 'Ana' });
    const client = createClient({ baseUrl: 'http://chat.example.com', token: ana.token, storage: null });
    const states: string[] = [];
    client.on('connection.changed', ({ state }) => states.push(state));
    const heard = new Promise((resolve) => {
      client.on('message.created', ({ data: { message } }) => {
        if (message.content.type === 'text') resolve(message.content.text);
      });
    });
    await expect.poll(() => states).toContain('connected');
    await gateway.customerSays('Oi', { from: '+55 83 9 9914-2210', name: 'Marina' });
    expect(await heard).toBe('Oi');
    client.destroy();
  });
});
