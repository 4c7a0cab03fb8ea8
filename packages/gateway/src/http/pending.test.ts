import { conversationSchema } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { oldestWaiting, openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { threadOf, type Outcome } from '../testbed/queues.ts';

const marina = '+5583999142210';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let bruno: Caller;
  let carla: Caller;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana' });
    bruno = await workspace.agent('bruno', { name: 'Bruno' });
    carla = await workspace.agent('carla', { name: 'Carla', role: 'supervisor' });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const waiting = async () => {
    await workspace.customerSays(marina, 'Oi');
    return (await oldestWaiting(ana)).id;
  };
  const attended = async () => {
    const id = await waiting();
    await post(ana, id, 'accept');
    return id;
  };
  const post = (caller: Caller, id: string, action: string, body?: object) =>
    caller.call<Outcome>('POST', `/v1/conversations/${id}/${action}`, body);

  it('is set aside by its agent, and comes back with a message of the customer', async () => {
    const id = await attended();
    const parked = await post(ana, id, 'park');
    expect(conversationSchema.parse(parked.body)).toEqual(parked.body);
    expect(parked.body).toMatchObject({ status: 'pending', assignee: { name: 'Ana' } });
    await workspace.customerSays(marina, 'Achei o boleto');
    const { conversation, happened } = await threadOf(ana, id);
    expect(conversation).toMatchObject({ status: 'active', assignee: { name: 'Ana' }, unreadCount: 2 });
    expect(happened.slice(-2)).toEqual(['parked', 'resumed']);
  });

  it('may be written in and taken up again by hand, also by a server', async () => {
    const id = await attended();
    await post(ana, id, 'park');
    expect((await post(ana, id, 'messages', { type: 'text', text: 'Alguma novidade?' })).status).toBe(200);
    expect((await threadOf(ana, id)).conversation.status).toBe('pending');
    expect((await post(ana, id, 'resume')).body.status).toBe('active');
    expect((await post(workspace.server, id, 'park')).body.status).toBe('pending');
    expect((await post(ana, id, 'close', {})).body.status).toBe('closed');
  });

  it('is for the assignee and supervisors, and only what is attended', async () => {
    const queued = await waiting();
    expect((await post(ana, queued, 'park')).body.code).toBe('conversation_not_yours');
    expect((await post(carla, queued, 'park')).body.code).toBe('transition_not_allowed');
    await post(ana, queued, 'accept');
    expect((await post(ana, queued, 'resume')).body.code).toBe('transition_not_allowed');
    expect((await post(bruno, queued, 'park')).body).toMatchObject({
      code: 'conversation_not_yours',
      owner: { name: 'Ana' },
    });
    expect((await post(carla, queued, 'park')).body.status).toBe('pending');
    expect((await post(ana, queued, 'park')).body.code).toBe('transition_not_allowed');
    await post(ana, queued, 'close', {});
    expect((await post(ana, queued, 'park')).body.code).toBe('conversation_closed');
    expect((await post(ana, queued, 'resume')).body.code).toBe('conversation_closed');
  });

  it('discards what waits, with the reason in the timeline and without a word to the customer', async () => {
    const id = await waiting();
    const before = await threadOf(ana, id);
    expect((await post(ana, id, 'discard', { reason: 'spam' })).status, 'agents may not').toBe(403);
    const blank = await post(carla, id, 'discard', { reason: ' ' });
    expect([blank.status, blank.body.errors?.[0]?.path]).toEqual([422, 'body.reason']);
    expect(await threadOf(ana, id)).toEqual(before);

    const { body } = await post(carla, id, 'discard', { reason: 'Propaganda' });
    expect(body).toMatchObject({ status: 'closed', outcome: 'discarded', assignee: null });
    const { messages, said } = await threadOf(ana, id);
    expect(messages.at(-1)?.content).toEqual({
      type: 'event',
      event: { name: 'discarded', by: expect.objectContaining({ name: 'Carla' }) as unknown, reason: 'Propaganda' },
    });
    expect(said).toEqual(before.said);
    expect((await post(carla, id, 'discard', { reason: 'De novo' })).body.code).toBe('conversation_closed');
  });

  it('does not discard what somebody attends', async () => {
    const id = await attended();
    expect((await post(carla, id, 'discard', { reason: 'Propaganda' })).body.code).toBe('transition_not_allowed');
    expect((await threadOf(ana, id)).conversation.status).toBe('active');
  });
});
