import { describe, expect, it } from 'vitest';
import { setOpenScene } from '../testing/scene.ts';

const hello = { text: { body: 'Oi' } };

describe('faults on sending', () => {
  it.each([
    [{ kind: 'throttle' }, 400, 130429],
    [{ kind: 'throttle', code: 131056 }, 400, 131056],
    [{ kind: 'expired_token' }, 401, 190],
    [{ kind: 'server_error' }, 500, 131000],
    [{ kind: 'graph_error', code: 80007 }, 400, 80007],
  ] as const)('%j strikes once and accepts nothing', async (fault, status, code) => {
    const { simulator, send, marina } = await setOpenScene();
    simulator.faults.add(fault);
    const refused = await send(hello);
    expect([refused.status, refused.body.error.code]).toEqual([status, code]);
    expect((await send(hello)).status).toBe(200);
    await simulator.settled();
    expect(marina.messages.filter((each) => each.from === 'business')).toHaveLength(1);
  });

  it('strike only one recipient, in either form of the number', async () => {
    const { simulator, send } = await setOpenScene();
    simulator.faults.add({ kind: 'throttle', code: 131056, to: '558399142210', times: null });
    expect((await send(hello)).status).toBe(400);
    expect((await send({ ...hello, to: '+5511955550101' })).status).toBe(200);
    simulator.faults.clear();
    expect((await send(hello)).status).toBe(200);
  });

  it('lose the answer of a message that was accepted', async () => {
    const { simulator, send, marina } = await setOpenScene();
    simulator.faults.add({ kind: 'lost_answer' });
    await expect(send(hello)).rejects.toMatchObject({ code: 'connection_dropped' });
    await send(hello);
    await simulator.settled();
    expect(marina.messages.filter((each) => each.from === 'business')).toHaveLength(2);
    const [lost, again] = simulator.requests;
    expect(lost).toMatchObject({ status: null, messageId: expect.any(String) });
    expect(again?.repeats).toBe(lost?.id);
  });

  it('delay the answer', async () => {
    const { simulator, send } = await setOpenScene();
    simulator.faults.add({ kind: 'lost_answer', mode: 'delay', delayMs: 3000 });
    const answer = send(hello);
    await expect.poll(() => simulator.requests[0]?.messageId).toBeDefined();
    expect(simulator.requests[0]?.status).toBeNull();
    simulator.clock.advance(3000);
    expect((await answer).status).toBe(200);
  });

  it('hang until the simulator closes', async () => {
    const { simulator, send } = await setOpenScene();
    simulator.faults.add({ kind: 'lost_answer', mode: 'hang' });
    const answer = send(hello);
    await expect.poll(() => simulator.requests[0]?.messageId).toBeDefined();
    await simulator.close();
    await expect(answer).rejects.toMatchObject({ code: 'connection_dropped' });
  });

  it('fail a message that was accepted', async () => {
    const { simulator, send, statuses } = await setOpenScene();
    simulator.faults.add({ kind: 'fail_message', code: 131049 });
    expect((await send(hello)).status).toBe(200);
    await simulator.settled();
    expect(statuses()).toMatchObject([{ status: 'failed', errors: [{ code: 131049 }] }]);
  });
});

describe('faults on webhooks', () => {
  it('send the same bytes twice', async () => {
    const { simulator, marina, received } = await setOpenScene();
    simulator.faults.add({ kind: 'duplicate_webhook' });
    await marina.says('Oi');
    await simulator.settled();
    expect(received).toHaveLength(2);
    expect(received[0]?.body).toBe(received[1]?.body);
  });

  it('bring delivered before sent', async () => {
    const { simulator, send, statuses } = await setOpenScene();
    simulator.faults.add({ kind: 'reorder_statuses' });
    await send(hello);
    await simulator.settled();
    expect(statuses().map((each) => each.status)).toEqual(['delivered', 'sent']);
  });

  it('bring the only status of a message late, and do not lose it', async () => {
    const { simulator, send, statuses } = await setOpenScene();
    simulator.faults.add({ kind: 'reorder_statuses' });
    simulator.faults.add({ kind: 'fail_message', code: 130429 });
    await send(hello);
    await simulator.settled();
    expect(statuses()).toEqual([]);
    simulator.clock.advance(5000);
    await simulator.settled();
    expect(statuses()).toMatchObject([{ status: 'failed', errors: [{ code: 130429 }] }]);
  });

  it('skip delivered', async () => {
    const { simulator, send, marina, statuses } = await setOpenScene();
    simulator.faults.add({ kind: 'skip_delivered' });
    await send(hello);
    await simulator.settled();
    marina.reads();
    await simulator.settled();
    expect(statuses().map((each) => each.status)).toEqual(['sent', 'read']);
  });

  it('hold them back', async () => {
    const { simulator, marina, received } = await setOpenScene();
    simulator.faults.add({ kind: 'delay_webhooks', delayMs: 5000 });
    await marina.says('Oi');
    expect(received).toHaveLength(0);
    simulator.clock.advance(5000);
    await simulator.settled();
    expect(received).toHaveLength(1);
  });

  it('take the endpoint down for some attempts', async () => {
    const { simulator, marina } = await setOpenScene({ webhooks: { retryScheduleMs: [1000] } });
    simulator.faults.add({ kind: 'webhook_down', times: 2 });
    await marina.says('Oi');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await simulator.settled();
      simulator.clock.advance(1000);
    }
    await simulator.settled();
    expect(simulator.webhooks.at(-1)?.attempts.map((each) => each.status)).toEqual([null, null, 200]);
  });
});
