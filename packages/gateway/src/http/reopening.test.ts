import { conversationSchema, type Conversation, type Page } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { day, hour, minute } from '../clock.ts';
import { oldestWaiting, openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { setQueue, threadOf, type Outcome } from '../testbed/queues.ts';
import { createSurvey } from '../testbed/survey.ts';
import { openWebchat } from '../testbed/visitor.ts';

const marina = '+5583999142210';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let carla: Caller;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana', expiresInSeconds: (3 * day) / 1000 });
    carla = await workspace.agent('carla', { name: 'Carla', role: 'supervisor' });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const post = (caller: Caller, id: string, action: string, body?: object) =>
    caller.call<Outcome>('POST', `/v1/conversations/${id}/${action}`, body);
  const served = async () => {
    await workspace.customerSays(marina, 'Oi');
    const { id } = await oldestWaiting(ana);
    await post(ana, id, 'accept');
    await post(ana, id, 'close', {});
    return id;
  };

  it('puts it back into its queue, with its protocol and its history, and nobody in it', async () => {
    const id = await served();
    const before = await threadOf(ana, id);
    desk.clock.advance(hour);
    const { body } = await post(ana, id, 'reopen');
    expect(conversationSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      status: 'queued',
      assignee: null,
      outcome: null,
      closedAt: null,
      protocol: before.conversation.protocol,
      answeredAt: before.conversation.answeredAt,
      waitingSince: new Date(desk.clock.now()).toISOString(),
    });
    const after = await threadOf(ana, id);
    expect(after.said, 'the customer has the number already').toEqual(before.said);
    expect(after.happened).toEqual([...before.happened, 'reopened', 'queued']);
    expect((await post(carla, id, 'accept')).body.assignee).toMatchObject({ name: 'Carla' });
  });

  it('is refused while it is not over, or the contact is in another one', async () => {
    const id = await served();
    await workspace.customerSays(marina, 'Voltei');
    const next = await oldestWaiting(ana);
    expect((await post(ana, next.id, 'reopen')).body.code).toBe('transition_not_allowed');
    await post(carla, next.id, 'accept');
    const before = await threadOf(ana, id);
    const refused = await post(ana, id, 'reopen');
    expect([refused.status, refused.body.code, refused.body.owner?.name]).toEqual([
      409,
      'contact_in_conversation',
      'Carla',
    ]);
    expect(refused.body.detail).toContain(next.id);
    expect(refused.body.conversationId).toBe(next.id);
    expect(await threadOf(ana, id)).toEqual(before);
    await post(carla, next.id, 'close', {});
    expect((await post(ana, id, 'reopen')).body.status).toBe('queued');
  });

  it('leaves one open conversation when it races with the customer and with itself', async () => {
    const id = await served();
    await Promise.all([
      post(ana, id, 'reopen'),
      workspace.customerSays(marina, 'Voltei'),
      post(carla, id, 'reopen'),
      workspace.customerSays(marina, 'Alguém?'),
    ]);
    const { body } = await ana.call<Page<Conversation>>('GET', '/v1/conversations?tab=all');
    expect(body.data).toHaveLength(1);
    const { happened } = await threadOf(ana, id);
    expect(happened.filter((name) => name === 'reopened').length).toBeLessThanOrEqual(1);
  });

  it('needs the permission', async () => {
    const id = await served();
    const { body: profiles } = await workspace.server.call<Page<{ id: string; role: string; permissions: string[] }>>(
      'GET',
      '/v1/profiles',
    );
    const profile = profiles.data.find(({ role }) => role === 'agent');
    await workspace.server.call('PATCH', `/v1/profiles/${profile?.id ?? ''}`, {
      permissions: profile?.permissions.filter((each) => each !== 'conversations.reopen'),
    });
    expect((await post(ana, id, 'reopen')).status).toBe(403);
    expect((await threadOf(ana, id)).conversation.status).toBe('closed');
  });

  it('happens by itself when the customer writes soon enough after the end', async () => {
    await createSurvey(workspace, 'nps');
    await setQueue(workspace, { reopenWithinMinutes: 60, messages: { queued: 'Já voltamos.' } });
    const id = await served();
    const { protocol } = (await threadOf(ana, id)).conversation;
    desk.clock.advance(hour - 1);
    await workspace.customerSays(marina, 'Esqueci uma coisa');
    const again = await oldestWaiting(ana);
    expect(again).toMatchObject({ id, protocol, status: 'queued', assignee: null, unreadCount: 1, outcome: null });
    const { happened, said } = await threadOf(ana, id);
    expect(happened.slice(-2)).toEqual(['reopened', 'queued']);
    expect(said.slice(-2)).toEqual(['< Esqueci uma coisa', '* Já voltamos.']);
    await post(ana, id, 'accept');
    await post(ana, id, 'close', {});
    expect((await threadOf(ana, id)).said.filter((line) => line.includes('De 0 a 10'))).toHaveLength(1);
    desk.clock.advance(hour);
    await workspace.customerSays(marina, 'Oi de novo');
    expect(await oldestWaiting(ana)).toMatchObject({ previousConversationId: id, unreadCount: 1 });
  });

  it('counts from the end of the chat, not from its record', async () => {
    await setQueue(workspace, { reopenWithinMinutes: 60, closePolicy: 'form' });
    const id = await served();
    desk.clock.advance(59 * minute);
    await post(ana, id, 'save', {});
    desk.clock.advance(minute);
    await workspace.customerSays(marina, 'Oi de novo');
    expect((await oldestWaiting(ana)).previousConversationId).toBe(id);
  });

  it('happens to nothing that was discarded, and to what the visitor left', async () => {
    await setQueue(workspace, { reopenWithinMinutes: 60 });
    await workspace.customerSays(marina, 'Compre já');
    const spam = await oldestWaiting(ana);
    await post(carla, spam.id, 'discard', { reason: 'Propaganda' });
    await workspace.customerSays(marina, 'Compre já');
    expect((await oldestWaiting(ana)).previousConversationId).toBe(spam.id);
    const visitor = await (await openWebchat(desk, workspace)).visitor();
    const { id } = await visitor.says('Oi');
    await visitor.call('POST', `/conversations/${id}/close`);
    expect(await visitor.says('Voltei')).toMatchObject({ id, status: 'waiting', endedAt: null });
  });
});
