import type { Conversation, Page } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { day, hour, minute } from '../clock.ts';
import { silentLog } from '../log.ts';
import { oldestWaiting, openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { setQueue, threadOf, type Outcome } from '../testbed/queues.ts';
import { createSurvey } from '../testbed/survey.ts';
import { approvedTemplate } from '../testbed/templates.ts';
import { openWebchat } from '../testbed/visitor.ts';
import { runDueTimers } from './desk-timers.ts';

const marina = '+5583999142210';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana', expiresInSeconds: (3 * day) / 1000 });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const timers = () => runDueTimers({ db: opened.database, clock: desk.clock, log: silentLog });
  const after = async (ms: number) => {
    desk.clock.advance(ms);
    // As several processes would.
    await Promise.all([timers(), timers()]);
  };
  const post = (id: string, action: string, body?: object) =>
    ana.call<Conversation>('POST', `/v1/conversations/${id}/${action}`, body);
  const write = (id: string, text: string) => post(id, 'messages', { type: 'text', text });
  const stateOf = async (id: string) => {
    const { conversation } = await threadOf(ana, id);
    return [conversation.status, conversation.outcome];
  };
  const attended = async () => {
    await workspace.customerSays(marina, 'Oi');
    const { id } = await oldestWaiting(ana);
    await post(id, 'accept');
    return id;
  };

  it('changes nothing where no queue wants it', async () => {
    const id = await attended();
    await write(id, 'Bom dia');
    await workspace.customerSays('+5583988120042', 'Oi');
    await after(3 * day - minute);
    expect((await ana.call('GET', '/v1/conversations/counts')).body).toMatchObject({ waiting: 1, all: 2 });
  });

  it('tells those who waited too long, and closes once', async () => {
    await setQueue(workspace, { queueTimeoutMinutes: 30 });
    await workspace.customerSays(marina, 'Oi');
    const { id } = await oldestWaiting(ana);
    await after(30 * minute - 1);
    expect(await stateOf(id)).toEqual(['queued', null]);
    await after(1);
    expect(await stateOf(id)).toEqual(['closed', 'queue_timeout']);
    const { said, happened } = await threadOf(ana, id);
    expect(said.at(-1)).toBe('* Não conseguimos atender você desta vez. Se ainda precisar de ajuda, escreva de novo.');
    expect(happened.filter((name) => name === 'closed')).toHaveLength(1);
  });

  it('counts the wait in the queue anew for whom an agent gave back', async () => {
    const { id: queueId } = await setQueue(workspace, {
      queueTimeoutMinutes: 30,
      messages: { unavailable: 'Ninguém pôde atender, {nome}.' },
    });
    const id = await attended();
    desk.clock.advance(hour);
    await post(id, 'transfer', { to: { queueId } });
    await after(29 * minute);
    expect(await stateOf(id)).toEqual(['queued', null]);
    await after(minute);
    expect(await stateOf(id)).toEqual(['closed', 'queue_timeout']);
    expect((await threadOf(ana, id)).said.at(-1)).toContain('Ninguém pôde atender');
  });

  it('finishes the chat of a customer who was answered and says nothing, by origin', async () => {
    await createSurvey(workspace, 'nps');
    await setQueue(workspace, { inactivityMinutes: { webchat: 10 }, messages: { ended: 'Encerramos por aqui.' } });
    const onPhone = await attended();
    await write(onPhone, 'Bom dia');
    const visitor = await (await openWebchat(desk, workspace)).visitor();
    const { id } = await visitor.says('Oi');
    await post(id, 'accept');
    await after(20 * minute);
    expect(await stateOf(id), 'it is for the agent to write').toEqual(['active', null]);
    await write(id, 'Bom dia');
    await after(6 * minute);
    await write(id, 'Alguém aí?');
    await after(3 * minute);
    await visitor.sends(id, 'Sim');
    await after(10 * minute);
    expect(await stateOf(id), 'the customer wrote last').toEqual(['active', null]);
    await write(id, 'Como posso ajudar?');
    await after(6 * minute);
    await write(id, 'Alguém aí?');
    await after(4 * minute);
    expect(await stateOf(id), 'a nudge gives no more time').toEqual(['closed', 'inactivity']);
    expect((await threadOf(ana, id)).said.at(-1)).toBe('* Encerramos por aqui.');
    expect((await visitor.call('GET', `/conversations/${id}`)).body).toMatchObject({ survey: { instrument: 'nps' } });
    expect(await stateOf(onPhone)).toEqual(['active', null]);
  });

  it('leaves the record of a silent customer to the agent, also of one who was set aside', async () => {
    await setQueue(workspace, { inactivityMinutes: { whatsapp: 60 }, closePolicy: 'form' });
    const id = await attended();
    await write(id, 'Bom dia');
    await post(id, 'park');
    await after(hour);
    expect(await stateOf(id)).toEqual(['wrap_up', 'inactivity']);
    expect((await threadOf(ana, id)).conversation.assignee).toMatchObject({ name: 'Ana' });
    await after(hour);
    expect((await post(id, 'save', {})).body).toMatchObject({ status: 'closed', outcome: 'inactivity' });
  });

  it('sets a silent customer aside by origin, once, so that the agent has room, until they write', async () => {
    await setQueue(workspace, { pendingMinutes: { whatsapp: 15 }, maxConcurrent: 1 });
    const id = await attended();
    await workspace.customerSays('+5583988120042', 'Oi');
    const next = await oldestWaiting(ana);
    await after(hour);
    expect(await stateOf(id), 'it is for the agent to write').toEqual(['active', null]);
    await write(id, 'Bom dia');
    await after(15 * minute - 1);
    expect((await post(next.id, 'accept')).status).toBe(409);
    await after(1);
    const { conversation, happened, messages } = await threadOf(ana, id);
    expect(conversation).toMatchObject({ status: 'pending', assignee: { name: 'Ana' }, outcome: null });
    expect(happened.filter((name) => name === 'parked')).toHaveLength(1);
    expect(messages.at(-1)?.content).toMatchObject({ event: { name: 'parked', by: null } });
    expect((await post(next.id, 'accept')).status, 'there is room').toBe(200);

    // Taken up again by hand, it is counted anew.
    await post(id, 'resume');
    await after(15 * minute - 1);
    expect(await stateOf(id)).toEqual(['active', null]);
    await after(1);
    expect(await stateOf(id)).toEqual(['pending', null]);
    await workspace.customerSays(marina, 'Voltei');
    expect(await stateOf(id)).toEqual(['active', null]);
    await after(hour);
    expect(await stateOf(id), 'the customer wrote last').toEqual(['active', null]);
  });

  it('finishes what was set aside when the customer stays silent', async () => {
    await setQueue(workspace, { pendingMinutes: { whatsapp: 15 }, inactivityMinutes: { whatsapp: 60 } });
    const id = await attended();
    await write(id, 'Bom dia');
    await after(15 * minute);
    expect(await stateOf(id)).toEqual(['pending', null]);
    await after(45 * minute);
    expect(await stateOf(id)).toEqual(['closed', 'inactivity']);
  });

  it('expires what a template began and nobody answered, and takes the next message as a service of its own', async () => {
    await workspace.server.call('PATCH', '/v1/settings', { awaitingReplyMinutes: 90 });
    const { id: templateId } = await approvedTemplate(desk, workspace);
    const { body } = await ana.call<Conversation>('POST', '/v1/conversations', {
      to: { phone: marina },
      template: { templateId },
    });
    expect(body).toMatchObject({
      status: 'awaiting_reply',
      replyDeadline: new Date(desk.clock.now() + 90 * minute).toISOString(),
    });
    await after(90 * minute - 1);
    expect(await stateOf(body.id)).toEqual(['awaiting_reply', null]);
    await after(1);
    const { conversation, happened } = await threadOf(ana, body.id);
    expect(conversation).toMatchObject({ status: 'expired', outcome: 'no_answer', replyDeadline: null });
    expect(conversation.closedAt).not.toBeNull();
    expect(happened).toEqual(['expired']);
    await workspace.customerSays(marina, 'Oi');
    expect(await oldestWaiting(ana)).toMatchObject({ status: 'queued', previousConversationId: body.id });
  });

  it('waits for the answer to a template as long as whoever sent it said', async () => {
    const { id: templateId } = await approvedTemplate(desk, workspace);
    const start = (awaitingReplyMinutes: unknown) =>
      ana.call<Outcome>('POST', '/v1/conversations', {
        to: { phone: marina },
        template: { templateId },
        awaitingReplyMinutes,
      });
    for (const wrong of [0, 30 * 24 * 60 + 1, 1.5, null]) {
      const { status, body } = await start(wrong);
      expect([status, body.errors?.[0]?.path]).toEqual([422, 'body.awaitingReplyMinutes']);
    }
    const { body } = await start(5);
    expect(body.replyDeadline).toBe(new Date(desk.clock.now() + 5 * minute).toISOString());
    await after(5 * minute - 1);
    expect(await stateOf(body.id)).toEqual(['awaiting_reply', null]);
    await after(1);
    expect(await stateOf(body.id)).toEqual(['expired', 'no_answer']);
  });

  it('expires unanswered customers when their window ends, not those who were answered', async () => {
    await setQueue(workspace, { expireUnanswered: true });
    const answered = await attended();
    await workspace.customerSays('+5583988120042', 'Oi');
    const { id } = await oldestWaiting(ana);
    await after(day - 1);
    expect(await stateOf(id)).toEqual(['queued', null]);
    await after(1);
    expect(await stateOf(id)).toEqual(['expired', 'window_expired']);
    expect(await stateOf(answered)).toEqual(['active', null]);
    const { body } = await ana.call<Page<Conversation>>('GET', '/v1/conversations?tab=all');
    expect(body.data.map((each) => each.id)).toEqual([answered]);
  });

  it('lets whoever accepts at the last moment win, or not at all', async () => {
    await setQueue(workspace, { queueTimeoutMinutes: 30 });
    await workspace.customerSays(marina, 'Oi');
    const { id } = await oldestWaiting(ana);
    desk.clock.advance(30 * minute);
    const [accepted] = await Promise.all([post(id, 'accept'), timers(), timers()]);
    const { conversation } = await threadOf(ana, id);
    expect([conversation.status, conversation.assignee?.name ?? null]).toEqual(
      accepted.status === 200 ? ['active', 'Ana'] : ['closed', null],
    );
  });
});
