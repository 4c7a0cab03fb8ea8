import { conversationSchema, type Page, type Queue } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../domain/ids.ts';
import { openDesk, oldestWaiting, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { setQueue, threadOf, type Outcome } from '../testbed/queues.ts';
import { createSurvey } from '../testbed/survey.ts';
import { openWebchat } from '../testbed/visitor.ts';

const marina = '+5583999142210';
const always = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: '00:00', to: '24:00' }));
const messages = { queued: 'Você está na fila.', unavailable: 'Voltamos às 8h, {nome}.' };

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let carla: Caller;
  let queue: Queue;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana' });
    carla = await workspace.agent('carla', { name: 'Carla', role: 'supervisor' });
    queue = await setQueue(workspace, { hours: [], outOfHours: 'triage', messages });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const post = (caller: Caller, id: string, action: string, body?: object) =>
    caller.call<Outcome>('POST', `/v1/conversations/${id}/${action}`, body);
  const inTriage = async () => {
    await workspace.customerSays(marina, 'Oi', { name: 'Marina' });
    const { body } = await ana.call<Page<Outcome>>('GET', '/v1/conversations?status=triage');
    const [conversation] = body.data;
    if (!conversation) throw new Error('nothing is in triage');
    return conversation;
  };

  it('takes in order of the hours: inside them everybody waits as usual', async () => {
    await setQueue(workspace, { hours: always });
    await workspace.customerSays(marina, 'Oi');
    const { id } = await oldestWaiting(ana);
    const { said } = await threadOf(ana, id);
    expect(said.at(-1)).toBe('* Você está na fila.');
    expect(said[1]).toContain('Em instantes');
  });

  it('waits with its protocol and the notice, and without a promise, where the queue says wait', async () => {
    await setQueue(workspace, { outOfHours: 'wait' });
    await workspace.customerSays(marina, 'Oi', { name: 'Marina' });
    const { id, protocol } = await oldestWaiting(ana);
    const { said } = await threadOf(ana, id);
    expect(said).toEqual(['< Oi', expect.stringContaining(protocol ?? ''), '* Voltamos às 8h, Marina.']);
    expect(said[1]).not.toContain('Em instantes');
  });

  it('keeps what comes out of hours apart, without a protocol, and says so once', async () => {
    const conversation = await inTriage();
    expect(conversationSchema.parse(conversation)).toEqual(conversation);
    expect(conversation).toMatchObject({ status: 'triage', protocol: null, assignee: null, waitingSince: null });
    await workspace.customerSays(marina, 'Alô?');
    const { said, happened } = await threadOf(ana, conversation.id);
    expect(said).toEqual(['< Oi', '* Voltamos às 8h, Marina.', '< Alô?']);
    expect(happened).toEqual(['triage']);
    expect((await ana.call('GET', '/v1/conversations/counts')).body).toMatchObject({ waiting: 0, all: 1 });
    expect((await post(ana, conversation.id, 'accept')).body.code).toBe('conversation_taken');
    const protocols = await opened.database.read.selectFrom('protocols').selectAll().execute();
    expect(protocols).toEqual([]);
  });

  it('turns away where the queue says so: told, closed, asked nothing, and no number is used up', async () => {
    await createSurvey(workspace, 'nps');
    await setQueue(workspace, { outOfHours: 'close' });
    await workspace.customerSays(marina, 'Oi', { name: 'Marina' });
    const { body } = await ana.call<Page<Outcome>>('GET', '/v1/conversations?status=closed');
    const [conversation] = body.data;
    expect(conversation).toMatchObject({ outcome: 'offline', protocol: null, unreadCount: 0 });
    expect((await threadOf(ana, conversation?.id ?? '')).said).toEqual(['< Oi', '* Voltamos às 8h, Marina.']);
    const visitor = await (await openWebchat(desk, workspace)).visitor();
    expect(await visitor.says('Oi')).toMatchObject({ status: 'ended', survey: null });
    await setQueue(workspace, { hours: null });
    await workspace.customerSays(marina, 'Bom dia');
    expect((await oldestWaiting(ana)).protocol).toMatch(/000001$/);
  });

  it('becomes a service in a queue, also out of hours, with the number first', async () => {
    const { id } = await inTriage();
    const { body } = await post(ana, id, 'convert', { queueId: queue.id });
    expect(body).toMatchObject({ status: 'queued', queue: { id: queue.id }, assignee: null });
    expect(body.waitingSince).not.toBeNull();
    const { said, happened } = await threadOf(ana, id);
    expect(said.slice(2)).toEqual([expect.stringContaining(body.protocol ?? 'none'), '* Voltamos às 8h, Marina.']);
    expect(happened).toEqual(['triage', 'converted', 'queued', 'protocol_assigned']);
    expect((await post(ana, id, 'convert', { queueId: queue.id })).body.code).toBe('transition_not_allowed');
  });

  it('becomes a service of an agent, told the number before they are there', async () => {
    await setQueue(workspace, { messages: { started: 'Sou {atendente}.' } });
    const { id } = await inTriage();
    const { body } = await post(workspace.server, id, 'convert', { agentId: (await whoAmI(carla)).id });
    expect(body).toMatchObject({ status: 'active', assignee: { name: 'Carla' } });
    expect(body.answeredAt).not.toBeNull();
    const { said, happened } = await threadOf(ana, id);
    expect(said.slice(2)).toEqual([expect.stringContaining(body.protocol ?? 'none'), '* Sou Carla.']);
    expect(happened).toEqual(['triage', 'converted', 'protocol_assigned', 'assigned']);
  });

  it('goes to nobody who is not there', async () => {
    const { id } = await inTriage();
    const gone = await whoAmI(await workspace.agent('davi', { name: 'Davi' }));
    await workspace.server.call('PATCH', `/v1/agents/${gone.id}`, { active: false });
    const before = await threadOf(ana, id);
    const targets = [{ queueId: newId('queue', 0) }, { agentId: newId('agent', 0) }, { agentId: gone.id }];
    for (const target of targets) {
      expect((await post(ana, id, 'convert', target)).body.code).toBe('transfer_target_invalid');
    }
    expect((await post(ana, id, 'convert', {})).status).toBe(422);
    expect((await post(ana, id, 'convert', { queueId: queue.id, agentId: gone.id })).status).toBe(422);
    expect(await threadOf(ana, id)).toEqual(before);
  });

  it('makes one service when several convert at once', async () => {
    const { id } = await inTriage();
    const me = await whoAmI(ana);
    const answers = await Promise.all([
      post(ana, id, 'convert', { queueId: queue.id }),
      post(carla, id, 'convert', { agentId: me.id }),
      post(workspace.server, id, 'convert', { queueId: queue.id }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await opened.database.read.selectFrom('protocols').selectAll().execute()).toHaveLength(1);
  });

  it('stays for the team when the visitor would end it', async () => {
    const visitor = await (await openWebchat(desk, workspace)).visitor();
    const { id } = await visitor.says('Oi');
    const refused = await visitor.call<{ code: string }>('POST', `/conversations/${id}/close`);
    expect(refused.body.code).toBe('transition_not_allowed');
    expect((await threadOf(ana, id)).conversation.status).toBe('triage');
  });

  it('is discarded without a protocol', async () => {
    const { id } = await inTriage();
    expect((await post(carla, id, 'discard', { reason: 'Engano' })).body).toMatchObject({
      status: 'closed',
      outcome: 'discarded',
      protocol: null,
    });
  });
});
