import { describe, expect, it } from 'vitest';
import { startSimulator } from '../node/start-simulator.ts';
import { setClientStage } from '../testing/clients/stage.ts';
import { numberId, setOpenScene, token, wabaId } from '../testing/scene.ts';

const hello = { text: { body: 'Oi' } };

describe('calls in trouble', () => {
  it.each([
    [4, 'GET', `/v25.0/${wabaId}/message_templates`],
    [80007, 'GET', `/v25.0/${numberId}`],
  ] as const)('meet the limit %i on every edge', async (code, method, path) => {
    const { simulator, call } = await setOpenScene();
    simulator.faults.add({ kind: 'throttle', code });
    expect((await call(method, path)).body.error.code).toBe(code);
    expect((await call(method, path)).status).toBe(200);
  });

  it('are struck on the edge that was named, and on no other', async () => {
    const { simulator, call, send } = await setOpenScene();
    simulator.faults.add({ kind: 'graph_error', code: 131016, edge: 'message_templates' });
    expect((await send(hello)).status).toBe(200);
    expect((await call('GET', `/v25.0/${wabaId}/message_templates`)).status).toBe(500);
  });

  it.each([
    [503, 503, 2],
    [500, 500, 131000],
  ] as const)('are answered %i in the words of Meta', async (asked, status, code) => {
    const { simulator, send } = await setOpenScene();
    simulator.faults.add({ kind: 'server_error', status: asked });
    expect(await send(hello)).toMatchObject({ status, body: { error: { code } } });
  });

  it.each([502, 504] as const)('are answered %i with a page that is no JSON', async (status) => {
    const { simulator, send, marina } = await setOpenScene();
    simulator.faults.add({ kind: 'server_error', status });
    expect(await send(hello)).toMatchObject({ status, body: expect.stringContaining('<html>') });
    expect(simulator.requests.at(-1)).toMatchObject({ status });
    expect(marina.messages.filter((each) => each.from === 'business')).toEqual([]);
  });

  it('are slow before anything is done', async () => {
    const { simulator, send, marina } = await setOpenScene();
    simulator.faults.add({ kind: 'slow_answers', delayMs: 4000 });
    const answer = send(hello);
    await expect.poll(() => simulator.requests.length).toBe(1);
    expect(marina.messages).toHaveLength(1);
    simulator.clock.advance(4000);
    expect((await answer).status).toBe(200);
  });
});

describe('webhooks in trouble', () => {
  it('come many in one POST, when it is full or its time is over', async () => {
    const { simulator, marina, received, values } = await setOpenScene();
    simulator.faults.add({ kind: 'batch_webhooks', size: 3, times: 2 });
    for (const word of ['um', 'dois', 'três', 'quatro']) await marina.says(word);
    await expect.poll(() => received.length).toBe(1);
    expect(values()).toHaveLength(3);
    simulator.clock.advance(1000);
    await simulator.settled();
    expect(received).toHaveLength(2);
    const said = values().map((value) => (value.messages as { text: { body: string } }[])[0]?.text.body);
    expect(said).toEqual(['um', 'dois', 'três', 'quatro']);
  });

  it('bring one status late, and the others in time', async () => {
    const { simulator, send, statuses } = await setOpenScene();
    simulator.faults.add({ kind: 'late_status', status: 'sent', delayMs: 60_000 });
    await send(hello);
    await expect.poll(() => statuses().map((each) => each.status)).toEqual(['delivered']);
    simulator.clock.advance(60_000);
    await simulator.settled();
    expect(statuses().map((each) => each.status)).toEqual(['delivered', 'sent']);
  });

  it('end in the middle of the body, and come whole afterwards', async () => {
    const stage = await setClientStage();
    try {
      stage.delivered.length = 0;
      stage.simulator.faults.add({ kind: 'cut_webhook' });
      await stage.marina.says('Chegou?');
      await stage.simulator.settled();
      expect(stage.simulator.webhooks.at(-1)).toMatchObject({
        state: 'delivered',
        attempts: [{ status: null }, { status: 200 }],
      });
      expect(stage.delivered.map(({ raw }) => String(raw).includes('Chegou?'))).toEqual([true]);
    } finally {
      await stage.close();
    }
  });
});

describe('a lost answer', () => {
  it('is a broken connection to whoever called over HTTP', async () => {
    const { url, simulator, close } = await startSimulator();
    try {
      simulator.addNumber({
        phoneNumberId: numberId,
        wabaId,
        displayPhoneNumber: '+55 83 3015-4400',
        token,
        appSecret: 's',
      });
      simulator.phone({ name: 'Marina', waId: '558399142210' });
      simulator.faults.add({ kind: 'lost_answer' });
      const sent = fetch(`${url}/v25.0/${numberId}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ messaging_product: 'whatsapp', to: '+5583999142210', ...hello }),
      });
      await expect(sent).rejects.toThrow();
      expect(simulator.requests).toMatchObject([{ status: null, messageId: expect.any(String) }]);
    } finally {
      await close();
    }
  });
});
