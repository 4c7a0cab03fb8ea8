import {
  conversationSchema,
  messageSchema,
  type Conversation,
  type Message,
  type Page,
  type Problem,
} from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { day, minute } from '../clock.ts';
import { oldestWaiting, openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';

const marina = '+5583999142210';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let bruno: Caller;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana' });
    bruno = await workspace.agent('bruno', { name: 'Bruno' });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const messagesOf = async (conversation: Conversation) =>
    (await ana.call<Page<Message>>('GET', `/v1/conversations/${conversation.id}/messages`)).body.data;

  it('puts the first message of a customer in the queue, with a protocol that is sent before anyone takes over', async () => {
    await workspace.customerSays(marina, 'Oi, não recebi o boleto', { name: 'Marina Albuquerque' });
    const conversation = await oldestWaiting(ana);
    expect(conversationSchema.parse(conversation)).toEqual(conversation);
    expect(conversation).toMatchObject({
      status: 'queued',
      origin: 'whatsapp',
      assignee: null,
      unreadCount: 1,
      contact: { name: 'Marina Albuquerque', phone: marina },
      queue: { name: 'Atendimento' },
    });
    expect(conversation.protocol).toMatch(/^\d{8}000001$/);
    const messages = await messagesOf(conversation);
    for (const message of messages) expect(messageSchema.parse(message)).toEqual(message);
    expect(messages.map((message) => message.content.type).reverse()).toEqual(['text', 'event', 'event', 'text']);
    expect(messages[0]).toMatchObject({ direction: 'outbound', author: { kind: 'system' }, status: 'pending' });
    expect(JSON.stringify(messages[0]?.content)).toContain(conversation.protocol);
    const jobs = await opened.database.read.selectFrom('jobs').selectAll().execute();
    expect(jobs.map(({ kind, subjectId }) => [kind, subjectId])).toEqual([['send_message', messages[0]?.id]]);
  });

  it('numbers protocols without gaps and finds them again', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, i) => workspace.customerSays(`+55839991400${10 + i}`, `Olá ${i}`)),
    );
    const { body } = await ana.call<Page<Conversation>>('GET', '/v1/conversations?tab=waiting&limit=50');
    const numbers = body.data.map(({ protocol }) => Number(protocol?.slice(-6))).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    const found = await ana.call<{ conversation: Conversation }>('GET', `/v1/protocols/${body.data[0]?.protocol}`);
    expect(found.body.conversation.id).toBe(body.data[0]?.id);
    expect((await ana.call('GET', '/v1/protocols/20200101999999')).status).toBe(404);
  });

  it('lets exactly one of many agents accept, and tells the others who it was', async () => {
    await workspace.customerSays(marina, 'Oi');
    const { id } = await oldestWaiting(ana);
    const agents = await Promise.all(
      Array.from({ length: 8 }, (_, i) => workspace.agent(`agent-${i}`, { name: `Agent ${i}` })),
    );
    const answers = await Promise.all(
      agents.map((agent) =>
        agent.call<Partial<Pick<Problem, 'code' | 'owner'>> & Partial<Pick<Conversation, 'assignee'>>>(
          'POST',
          `/v1/conversations/${id}/accept`,
        ),
      ),
    );
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    const owner = winners[0]?.body.assignee;
    for (const { status, body } of answers.filter((answer) => answer.status !== 200)) {
      expect([status, body.code, body.owner]).toEqual([409, 'conversation_taken', owner]);
    }
  });

  it('keeps Meus, Não lidas, Esperando and Tudo apart, with counts to match', async () => {
    await workspace.customerSays(marina, 'Oi');
    desk.clock.advance(minute);
    await workspace.customerSays('+5583988120042', 'Alô');
    const first = await oldestWaiting(ana);
    await ana.call('POST', `/v1/conversations/${first.id}/accept`);
    const counts = async (caller: Caller) => (await caller.call('GET', '/v1/conversations/counts')).body;
    expect(await counts(ana)).toEqual({ waiting: 1, unread: 1, mine: 1, all: 2 });
    expect(await counts(bruno)).toEqual({ waiting: 1, unread: 1, mine: 0, all: 2 });
    await bruno.call('POST', `/v1/conversations/${first.id}/read`);
    expect(await counts(ana), 'peeking does not read').toMatchObject({ unread: 1 });
    await ana.call('POST', `/v1/conversations/${first.id}/read`);
    expect(await counts(ana)).toMatchObject({ unread: 0 });
    await workspace.customerSays(marina, 'Ainda aí?');
    expect(await counts(ana)).toMatchObject({ unread: 1 });
    const lists = await Promise.all(
      ['waiting', 'unread', 'mine', 'all'].map((tab) =>
        ana.call<Page<Conversation>>('GET', `/v1/conversations?tab=${tab}`),
      ),
    );
    expect(lists.map(({ body }) => body.data.length)).toEqual([1, 1, 1, 2]);
    await ana.call('POST', `/v1/conversations/${first.id}/close`, {});
    expect(await counts(ana)).toEqual({ waiting: 1, unread: 0, mine: 0, all: 1 });
  });

  it('transfers to an agent at once, and back to a queue without losing the place', async () => {
    await workspace.customerSays(marina, 'Oi');
    const { id, waitingSince } = await oldestWaiting(ana);
    const brunoId = (await whoAmI(bruno)).id;
    expect(
      (await bruno.call<Problem>('POST', `/v1/conversations/${id}/transfer`, { to: { agentId: brunoId } })).body,
    ).toMatchObject({
      code: 'conversation_not_yours',
      owner: null,
    });
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    const moved = await ana.call<Conversation>('POST', `/v1/conversations/${id}/transfer`, {
      to: { agentId: brunoId },
      reason: 'financeiro',
    });
    expect(moved.body).toMatchObject({ status: 'active', assignee: { name: 'Bruno' } });
    expect(
      (await ana.call<Problem>('POST', `/v1/conversations/${id}/messages`, { type: 'text', text: 'oi' })).body,
    ).toMatchObject({
      code: 'conversation_not_yours',
      owner: { name: 'Bruno' },
    });
    desk.clock.advance(5 * minute);
    const queue = await workspace.server.call<{ id: string }>('POST', '/v1/queues', { name: 'Financeiro' });
    const queued = await bruno.call<Conversation>('POST', `/v1/conversations/${id}/transfer`, {
      to: { queueId: queue.body.id },
    });
    expect(queued.body).toMatchObject({
      status: 'queued',
      assignee: null,
      queue: { name: 'Financeiro' },
      waitingSince,
    });
    const events = (await messagesOf(queued.body)).flatMap(({ content }) =>
      content.type === 'event' ? [content.event] : [],
    );
    expect(events.filter(({ name }) => name === 'transferred')).toHaveLength(2);
    expect(events.at(1)).toMatchObject({ reason: 'financeiro', toAgent: { name: 'Bruno' }, by: { name: 'Ana' } });
  });

  it('refuses to transfer to nobody, to a deactivated agent or to the one who has it', async () => {
    await workspace.customerSays(marina, 'Oi');
    const { id } = await oldestWaiting(ana);
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    const [anaId, brunoId] = [(await whoAmI(ana)).id, (await whoAmI(bruno)).id];
    await workspace.server.call('PATCH', `/v1/agents/${brunoId}`, { active: false });
    for (const agentId of [anaId, brunoId, 'agt_00000000000000000000000000']) {
      const { status, body } = await ana.call<Problem>('POST', `/v1/conversations/${id}/transfer`, { to: { agentId } });
      expect([status, body.code]).toEqual([409, 'transfer_target_invalid']);
    }
  });

  it('closes through wrap-up in one command, keeps the history, and starts anew when the customer writes again', async () => {
    await workspace.customerSays(marina, 'Oi');
    const { id } = await oldestWaiting(ana);
    expect((await ana.call<Problem>('POST', `/v1/conversations/${id}/close`, {})).body.code).toBe(
      'conversation_not_yours',
    );
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    const closed = await ana.call<Conversation>('POST', `/v1/conversations/${id}/close`, { outcome: 'resolved' });
    expect(closed.body).toMatchObject({ status: 'closed', outcome: 'resolved', assignee: { name: 'Ana' } });
    expect(
      (await ana.call<Problem>('POST', `/v1/conversations/${id}/messages`, { type: 'text', text: 'x' })).body.code,
    ).toBe('conversation_closed');
    const types = await opened.database.read.selectFrom('events').select('type').orderBy('seq').execute();
    expect(types.map(({ type }) => type).slice(-3)).toEqual([
      'conversation.ended',
      'message.created',
      'conversation.closed',
    ]);
    await workspace.customerSays(marina, 'Voltei');
    const next = await oldestWaiting(ana);
    expect(next).toMatchObject({ previousConversationId: id, status: 'queued' });
    expect(next.protocol).not.toBe(closed.body.protocol);
    const { body } = await ana.call<Page<Conversation>>(
      'GET',
      `/v1/conversations?status=closed&contactId=${next.contact.id}`,
    );
    expect(body.data.map((conversation) => conversation.id)).toEqual([id]);
  });

  it('refuses free-form messages once 24 hours have passed since the customer wrote', async () => {
    await workspace.customerSays(marina, 'Oi');
    const { id } = await oldestWaiting(ana);
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    desk.clock.advance(day);
    const later = await workspace.agent('ana', { name: 'Ana' });
    const { status, body } = await later.call<Problem>('POST', `/v1/conversations/${id}/messages`, {
      type: 'text',
      text: 'oi',
    });
    expect([status, body.code]).toEqual([409, 'window_closed']);
    await workspace.customerSays(marina, 'Voltei');
    expect((await later.call('POST', `/v1/conversations/${id}/messages`, { type: 'text', text: 'oi' })).status).toBe(
      200,
    );
  });

  it('makes one message of a clientId however often it is sent, and refuses another body under it', async () => {
    await workspace.customerSays(marina, 'Oi');
    const { id } = await oldestWaiting(ana);
    await ana.call('POST', `/v1/conversations/${id}/accept`);
    const path = `/v1/conversations/${id}/messages`;
    const body = { type: 'text', text: 'Boa tarde!', clientId: 'client-0001' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => ana.call<Message>('POST', path, body)));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const other = await ana.call<Problem>('POST', path, { ...body, text: 'Outra' });
    expect([other.status, other.body.code]).toEqual([409, 'idempotency_key_reused']);
  });

  it('takes a repeated message of the channel once, also when many come at the same moment', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () =>
        workspace.customerSays(marina, 'Oi', { providerId: 'wamid.same' }).catch(() => undefined),
      ),
    );
    const rows = await opened.database.read
      .selectFrom('messages')
      .select('id')
      .where('providerId', '=', 'wamid.same')
      .execute();
    expect(rows).toHaveLength(1);
    expect((await oldestWaiting(ana)).unreadCount).toBe(1);
  });

  it('knows a Brazilian mobile with and without the ninth digit as one contact', async () => {
    await workspace.customerSays('+558399142210', 'Oi');
    await workspace.customerSays('+5583999142210', 'Oi de novo');
    const { body } = await ana.call<Page<Conversation>>('GET', '/v1/conversations?tab=all');
    expect(body.data).toHaveLength(1);
    expect(body.data[0]).toMatchObject({ unreadCount: 2, contact: { phone: '+5583999142210' } });
  });
});
