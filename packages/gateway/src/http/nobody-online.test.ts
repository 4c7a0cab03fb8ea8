import type { Agent, Conversation, Page, Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { minute } from '../clock.ts';
import { oldestWaiting } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { setQueue, threadOf } from '../testbed/queues.ts';
import { openRoutingDesk, type RoutingDesk, type TestAgent } from '../testbed/routing-desk.ts';

const messages = {
  queued: 'Você está na fila.',
  unavailable: 'Voltamos às 8h.',
  offline: 'Não há ninguém agora, {nome}.',
};

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let at: RoutingDesk;

  beforeEach(async () => {
    opened = await open();
    at = await openRoutingDesk(opened.database, { messages });
  });
  afterEach(async () => {
    await at.close();
    await opened.close();
  });

  const server = () => at.workspace.server;
  const presence = (agent: TestAgent, state: Agent['presence']['state']) =>
    agent.call('PUT', '/v1/agents/me/presence', { state });
  /** What the next customer hears, and what becomes of them. */
  let customers = 0;
  const heard = async () => {
    const { id } = await at.says(customers++);
    const { said, happened, conversation } = await threadOf(server(), id);
    return { said: said.slice(1), happened, conversation };
  };

  it.each([
    { nobodyOnline: 'later' },
    { nobodyOnline: null },
    { messages: { offline: '' } },
    { pendingMinutes: { whatsapp: 0 } },
    { pendingMinutes: { telegram: 5 } },
  ])('refuses %j, and changes nothing', async (changes) => {
    const path = `/v1/queues/${at.queue.id}`;
    const before = await server().call('GET', path);
    const { status, body } = await server().call<Problem>('PATCH', path, changes);
    expect([status, body.code]).toEqual([422, 'validation_failed']);
    expect(body.errors?.[0]?.path).toContain(`body.${Object.keys(changes)[0] ?? ''}`);
    expect((await server().call('GET', path)).body).toEqual(before.body);
  });

  it('waits, and is told that nobody is there instead of being promised somebody', async () => {
    const { said, conversation } = await heard();
    expect(conversation).toMatchObject({ status: 'queued' });
    expect(conversation.protocol).not.toBe(null);
    expect(said).toEqual([expect.stringContaining(conversation.protocol ?? ''), '* Não há ninguém agora.']);
    expect(said[0]).not.toContain('Em instantes');
  });

  it('says what it always said where the queue has nothing for that', async () => {
    await at.setQueue({ messages: { offline: null } });
    const { said } = await heard();
    expect(said).toEqual([expect.stringContaining('Em instantes'), '* Você está na fila.']);
  });

  it('is as usual while somebody of the queue is there, paused or just disconnected', async () => {
    const ana = await at.online('Ana');
    const usual = [expect.stringContaining('Em instantes'), '* Você está na fila.'];
    expect((await heard()).said).toEqual(usual);
    await presence(ana, 'paused');
    expect((await heard()).said).toEqual(usual);
    await presence(ana, 'offline');
    expect((await heard()).said.at(-1)).toBe('* Não há ninguém agora.');
    await presence(ana, 'online');
    const bruno = await at.workspace.agent('bruno', { name: 'Bruno' });
    const { body } = await bruno.call<Agent>('GET', '/v1/agents/me');
    await at.setQueue({ agentIds: [body.id] });
    expect((await heard()).said.at(-1), 'she is not of the queue').toBe('* Não há ninguém agora.');
    await server().call('PATCH', `/v1/agents/${ana.id}`, { active: false });
    await at.setQueue({ agentIds: [] });
    expect((await heard()).said.at(-1)).toBe('* Não há ninguém agora.');
  });

  it('goes to triage where the queue says so, and waits when somebody converts it', async () => {
    await at.setQueue({ nobodyOnline: 'triage' });
    const { said, happened, conversation } = await heard();
    expect(conversation).toMatchObject({ status: 'triage', protocol: null, waitingSince: null });
    expect([said, happened]).toEqual([['* Não há ninguém agora.'], ['triage']]);
    expect((await at.timeline(conversation.id)).at(-1)).toEqual({ name: 'triage', reason: 'nobody_online' });
    const path = `/v1/conversations/${conversation.id}/convert`;
    const { body } = await server().call<Conversation>('POST', path, { queueId: at.queue.id });
    expect(body).toMatchObject({ status: 'queued' });
    expect(body.protocol).not.toBe(null);
  });

  it('is turned away where the queue says so, told or not, and no number is used up', async () => {
    await at.setQueue({ nobodyOnline: 'close' });
    const { said, conversation } = await heard();
    expect(conversation).toMatchObject({ status: 'closed', outcome: 'offline', protocol: null });
    expect(said).toEqual(['* Não há ninguém agora.']);
    await at.setQueue({ messages: { offline: null } });
    expect(await heard()).toMatchObject({ said: [], conversation: { status: 'closed' } });
    await at.online('Ana');
    expect((await heard()).conversation.status).toBe('queued');
  });

  it('is out of hours first: then the queue has its own words and its own way', async () => {
    await setQueue(at.workspace, { hours: [], outOfHours: 'wait', nobodyOnline: 'close' });
    const { said, conversation } = await heard();
    expect([conversation.status, said.at(-1)]).toEqual(['queued', '* Voltamos às 8h.']);
  });

  it('leaves alone whoever waits already when the last one goes', async () => {
    const ana = await at.online('Ana');
    await at.setQueue({ nobodyOnline: 'close' });
    await heard();
    await presence(ana, 'offline');
    at.desk.clock.advance(minute);
    expect(await oldestWaiting(server())).toMatchObject({ status: 'queued' });
    const { body } = await server().call<Page<Conversation>>('GET', '/v1/conversations?tab=waiting');
    expect(body.data).toHaveLength(1);
  });
});
