import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createClient } from '@prosa/core';
import { createTestGateway, type TestGateway } from '@prosa/gateway/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await createTestGateway();
});
afterEach(() => gateway.close());

describe('a program that runs for months', () => {
  it('keeps nothing of requests that are over, while client and signal live on', async () => {
    const requests: WeakRef<AbortSignal>[] = [];
    const { signal } = new AbortController();
    const client = createClient({
      baseUrl: gateway.baseUrl,
      token: await gateway.agentToken({ name: 'Ana' }),
      fetch: (input, init) => {
        if (init?.signal) requests.push(new WeakRef(init.signal));
        return Promise.resolve(Response.json({ id: 'agt_1', version: 1 }));
      },
    });
    for (let count = 0; count < 50; count++) await client.agents.me({ signal });
    const left = () => {
      collectGarbage();
      return requests.filter((request) => request.deref()).length;
    };
    expect(requests).toHaveLength(50);
    // The last one may still be on the stack.
    await expect.poll(left).toBeLessThanOrEqual(1);
    client.destroy();
  });

  it('leaves nothing at the signal that it gives to every call', async () => {
    const client = (await gateway.createAgent({ name: 'Ana' })).client();
    const { id } = await gateway.customerSays('Oi', { name: 'Marina' });
    await client.conversations.accept(id);
    const { signal } = new AbortController();
    await client.messages.send(id, { type: 'text', text: 'Bom dia' }, { signal });
    await client.messages.list(id, {}, { signal });
    await client.connection.ready({ signal });
    client.on('message.created', () => undefined, { signal })();
    await client.events({ signal }).return?.();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
