import { queuePositionSchema, type QueuePosition } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { minute, second } from '../clock.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { openRoutingDesk, type RoutingDesk } from '../testbed/routing-desk.ts';
import { openWebchat } from '../testbed/visitor.ts';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let at: RoutingDesk;

  beforeEach(async () => {
    opened = await open();
    at = await openRoutingDesk(opened.database, { routing: 'pull' });
  });
  afterEach(async () => {
    await at.close();
    await opened.close();
  });

  const positionOf = async ({ id }: { readonly id: string }) => {
    const { status, body } = await at.workspace.server.call<QueuePosition>('GET', `/v1/conversations/${id}/position`);
    expect(status).toBe(200);
    return queuePositionSchema.parse(body);
  };

  it('counts who is before in the same queue, and estimates by how long those before waited', async () => {
    const ana = await at.online('Ana');
    const first = await at.says(0);
    at.desk.clock.advance(second);
    const second_ = await at.says(1);
    at.desk.clock.advance(second);
    const third = await at.says(2);
    expect(await positionOf(third)).toEqual({ position: 3, estimatedWaitSeconds: null });
    at.desk.clock.advance(2 * minute - 2 * second);
    await ana.post(first, 'accept');
    expect(await positionOf(first)).toEqual({ position: null, estimatedWaitSeconds: null });
    expect(await positionOf(third)).toEqual({ position: 2, estimatedWaitSeconds: 240 });
    at.desk.clock.advance(2 * minute + second);
    await ana.post(second_, 'accept');
    // 120 and 240 seconds: 180 on average.
    expect(await positionOf(third)).toEqual({ position: 1, estimatedWaitSeconds: 180 });

    const queue = await at.workspace.server.call<{ id: string }>('POST', '/v1/queues', { name: 'Financeiro' });
    await ana.post(second_, 'transfer', { to: { queueId: queue.body.id } });
    expect((await positionOf(second_)).position).toBe(1);
    expect((await positionOf(third)).position).toBe(1);
  });

  it('estimates by the last twenty that were answered', async () => {
    const ana = await at.online('Ana');
    const slow = await at.says(100);
    at.desk.clock.advance(30 * minute);
    await ana.post(slow, 'accept');
    for (let i = 0; i < 20; i++) {
      const one = await at.says(i);
      at.desk.clock.advance(10 * second);
      await ana.post(one, 'accept');
    }
    expect(await positionOf(await at.says(50))).toEqual({ position: 1, estimatedWaitSeconds: 10 });
  });

  it('is told to the visitor whose it is, and to no other', async () => {
    const { desk, workspace } = at;
    const webchat = await openWebchat(desk, workspace);
    const visitor = await webchat.visitor();
    await at.says(0);
    at.desk.clock.advance(second);
    const { id } = await visitor.says('Oi');
    const path = `/conversations/${id}/position`;
    const { body } = await visitor.call<QueuePosition>('GET', path);
    expect(body).toEqual({ position: 2, estimatedWaitSeconds: null });
    expect((await (await webchat.visitor()).call('GET', path)).status).toBe(404);
    await visitor.call('POST', `/conversations/${id}/close`);
    expect((await visitor.call<QueuePosition>('GET', path)).body).toEqual({
      position: null,
      estimatedWaitSeconds: null,
    });
  });
});
