import {
  permissions,
  type Conversation,
  type ConversationCounts,
  type Message,
  type MessageTemplate,
  type Page,
  type Problem,
  type Profile,
  type Queue,
} from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, hour } from '../clock.ts';
import { openDesk, oldestWaiting, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import {
  approvedTemplate,
  judge,
  orderTemplate,
  orderValues,
  otherChannel,
  plainTemplate,
} from '../testbed/templates.ts';

const nobody = '00000000000000000000000000';
const phone = '+5583999142210';

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let bruno: Caller;
  let server: Caller;
  let order: MessageTemplate;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ({ server } = workspace);
    ana = await workspace.agent('ana', { name: 'Ana Prado', expiresInSeconds: 7 * 24 * 3600 });
    bruno = await workspace.agent('bruno', { name: 'Bruno Reis', expiresInSeconds: 7 * 24 * 3600 });
    order = await approvedTemplate(desk, workspace, orderTemplate);
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const refusal = async (caller: Caller, path: string, body?: object) => {
    const answer = await caller.call<Problem>('POST', path, body);
    return { status: answer.status, code: answer.body.code, problem: answer.body };
  };
  const fieldsOf = ({ problem }: { problem: Problem }) => problem.errors?.map(({ path }) => path).sort();
  const get = async (id: string) => (await ana.call<Conversation>('GET', `/v1/conversations/${id}`)).body;
  const thread = async (id: string) =>
    (await ana.call<Page<Message>>('GET', `/v1/conversations/${id}/messages`)).body.data.toReversed();
  const sendJobs = async () =>
    (await opened.database.read.selectFrom('jobs').select(['kind', 'subjectId']).orderBy('id').execute())
      .filter(({ kind }) => kind === 'send_message')
      .map(({ subjectId }) => subjectId);

  describe('in a conversation', () => {
    let path: string;

    beforeEach(async () => {
      await workspace.customerSays(phone, 'Oi');
      const { id } = await oldestWaiting(ana);
      await ana.call('POST', `/v1/conversations/${id}/accept`);
      path = `/v1/conversations/${id}/messages`;
    });

    it('names the variables that are missing or unknown, and sends nothing', async () => {
      const before = await sendJobs();
      const use = { type: 'template', templateId: order.id };
      const missing = await refusal(ana, path, use);
      expect(missing).toMatchObject({ status: 422, code: 'validation_failed' });
      expect(fieldsOf(missing)).toEqual(
        Object.keys(orderValues)
          .map((key) => `body.variables.${key}`)
          .sort(),
      );
      const variables = { ...orderValues, 'body.2': 'na\nsexta', 'body.3': 'x' };
      expect(fieldsOf(await refusal(ana, path, { ...use, variables }))).toEqual([
        'body.variables.body.2',
        'body.variables.body.3',
      ]);
      expect(await sendJobs()).toEqual(before);
    });

    it.each(['submitted', 'rejected', 'paused', 'disabled'] as const)('refuses one that is %s', async (status) => {
      await judge(desk, workspace, order, status);
      const use = { type: 'template', templateId: order.id, variables: orderValues };
      expect(await refusal(ana, path, use)).toMatchObject({ status: 409, code: 'template_not_sendable' });
    });

    it('refuses one that is deleted, that never was, and one for another channel', async () => {
      const use = { type: 'template', templateId: order.id, variables: orderValues };
      const channelId = await otherChannel(desk, workspace);
      const { body: foreign } = await server.call<MessageTemplate>('POST', '/v1/hsm', { ...plainTemplate, channelId });
      await opened.database.transaction((tx) =>
        tx.updateTable('messageTemplates').set({ status: 'approved' }).where('id', '=', foreign.id).execute(),
      );
      expect(await refusal(ana, path, { type: 'template', templateId: foreign.id })).toMatchObject({
        status: 409,
        code: 'template_not_sendable',
      });
      await server.call('DELETE', `/v1/hsm/${order.id}`);
      expect(await refusal(ana, path, use)).toMatchObject({ status: 404, code: 'not_found' });
      expect(await refusal(ana, path, { ...use, templateId: `hsm_${nobody}` })).toMatchObject({ status: 404 });
    });

    it('goes out when the window is closed, as it was filled in, and is shown in the list', async () => {
      desk.clock.advance(day + hour);
      expect(await refusal(ana, path, { type: 'text', text: 'Oi' })).toMatchObject({ code: 'window_closed' });
      const use = { type: 'template', templateId: order.id, variables: orderValues, clientId: 'client-0001' };
      const { status, body } = await ana.call<Message>('POST', path, use);
      expect(status).toBe(200);
      const text = 'Olá, Tainá. Seu pedido chega na sexta, sem falta.';
      expect(body).toMatchObject({ status: 'pending', author: { kind: 'agent', name: 'Ana Prado' } });
      expect(body.content).toEqual({
        type: 'template',
        templateId: order.id,
        name: 'pedido_saiu',
        language: 'pt_BR',
        header: 'Pedido 5120',
        text,
        footer: 'Cacau Digital',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Falar com alguém' },
          { type: 'URL', text: 'Acompanhar' },
        ],
      });
      expect((await get(body.conversationId)).lastMessage).toMatchObject({ id: body.id, type: 'template', text });
      expect((await sendJobs()).at(-1)).toBe(body.id);
    });

    it('is one message of a clientId, also after the template has changed', async () => {
      const use = { type: 'template', templateId: order.id, variables: orderValues, clientId: 'client-0001' };
      const sent = (await ana.call<Message>('POST', path, use)).body;
      await judge(desk, workspace, order, 'paused');
      expect((await ana.call<Message>('POST', path, use)).body.id).toBe(sent.id);
      const other = { ...use, variables: { ...orderValues, 'body.1': 'Iara' } };
      expect(await refusal(ana, path, other)).toMatchObject({ code: 'idempotency_key_reused' });
    });

    it('can be sent again after it failed, as long as it may be sent', async () => {
      const use = { type: 'template', templateId: order.id, variables: orderValues };
      const sent = (await ana.call<Message>('POST', path, use)).body;
      const fails = ({ id }: Message) =>
        opened.database.transaction((tx) =>
          tx.updateTable('messages').set({ status: 'failed' }).where('id', '=', id).execute(),
        );
      await fails(sent);
      desk.clock.advance(day + hour);
      const again = await ana.call<Message>('POST', `${path}/${sent.id}/resend`);
      expect(again.body).toMatchObject({ resendOf: sent.id, content: sent.content });
      await fails(again.body);
      await judge(desk, workspace, order, 'disabled');
      expect(await refusal(ana, `${path}/${again.body.id}/resend`)).toMatchObject({ code: 'template_not_sendable' });
    });
  });

  describe('to begin a conversation', () => {
    let plain: MessageTemplate;

    beforeEach(async () => {
      plain = await approvedTemplate(desk, workspace, plainTemplate);
    });

    const startBody = (to: object, template: object = { templateId: plain.id }) => ({ to, template });
    const start = (caller: Caller, to: object = { phone }, template?: object) =>
      caller.call<Conversation>('POST', '/v1/conversations', startBody(to, template));
    const counts = async (caller: Caller) =>
      (await caller.call<ConversationCounts>('GET', '/v1/conversations/counts')).body;
    const tab = async (caller: Caller, name: string) =>
      (await caller.call<Page<Conversation>>('GET', `/v1/conversations?tab=${name}`)).body.data.map(({ id }) => id);

    it('refuses a number that is none, and whom it does not know', async () => {
      const wrong = await refusal(ana, '/v1/conversations', startBody({ phone: '12345678' }));
      expect(fieldsOf(wrong)).toEqual(['body.to.phone']);
      const unknown = startBody({ contactId: `ctt_${nobody}` });
      expect(await refusal(ana, '/v1/conversations', unknown)).toMatchObject({ status: 404 });
      const template = { templateId: `hsm_${nobody}` };
      expect(await refusal(ana, '/v1/conversations', startBody({ phone }, template))).toMatchObject({ status: 404 });
      expect(await tab(ana, 'all')).toEqual([]);
    });

    it('refuses a template that may not be sent, or lacks values', async () => {
      const lacking = await refusal(ana, '/v1/conversations', startBody({ phone }, { templateId: order.id }));
      expect(fieldsOf(lacking)).toContain('body.template.variables.body.1');
      await judge(desk, workspace, plain, 'paused');
      expect(await refusal(ana, '/v1/conversations', startBody({ phone }))).toMatchObject({
        code: 'template_not_sendable',
      });
      expect(await opened.database.read.selectFrom('contacts').select('id').execute()).toEqual([]);
    });

    it('waits for the answer, with whoever began it: no protocol, nobody waiting, no free text', async () => {
      const { status, body } = await start(ana, { phone: '(83) 99914-2210', name: 'Marina' });
      const me = await whoAmI(ana);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        status: 'awaiting_reply',
        assignee: { id: me.id, name: 'Ana Prado' },
        contact: { name: 'Marina', phone },
        queue: { id: workspace.channel.queueId },
        protocol: null,
        waitingSince: null,
        unreadCount: 0,
        lastMessage: { type: 'template', text: 'Olá! Podemos falar do seu pedido?' },
      });
      const messages = await thread(body.id);
      expect(messages.map(({ content }) => content.type)).toEqual(['template']);
      expect(await sendJobs()).toEqual([messages[0]?.id]);
      const text = { type: 'text', text: 'Oi' };
      expect(await refusal(ana, `/v1/conversations/${body.id}/messages`, text)).toMatchObject({
        code: 'window_closed',
      });
      expect(await counts(ana)).toEqual({ waiting: 0, unread: 0, mine: 1, all: 1 });
      expect(await tab(ana, 'mine')).toEqual([body.id]);
      expect(await tab(bruno, 'mine')).toEqual([]);
      expect(await tab(bruno, 'all')).toEqual([body.id]);
      expect(await tab(bruno, 'waiting')).toEqual([]);
      expect(await refusal(bruno, `/v1/conversations/${body.id}/accept`)).toMatchObject({
        code: 'conversation_taken',
        problem: { owner: { name: 'Ana Prado' } },
      });
    });

    it('goes to whoever began it when the customer answers, with its protocol', async () => {
      const { id } = (await start(ana)).body;
      desk.clock.advance(2 * hour);
      await workspace.customerSays('+558399142210', 'Podemos sim', { name: 'Marina' });
      expect(await get(id)).toMatchObject({ status: 'active', assignee: { name: 'Ana Prado' }, unreadCount: 1 });
      const { protocol } = await get(id);
      expect(protocol).toMatch(/^\d{8}/);
      const messages = await thread(id);
      expect(
        messages.map(({ content }) => (content.type === 'event' ? content.event.name : content.type)),
        'the customer learns the number at once',
      ).toEqual(['template', 'text', 'protocol_assigned', 'text']);
      expect(await tab(ana, 'unread')).toEqual([id]);
      const text = { type: 'text', text: 'Que bom' };
      expect((await ana.call('POST', `/v1/conversations/${id}/messages`, text)).status).toBe(200);
      await workspace.customerSays(phone, 'E o prazo?');
      expect((await get(id)).protocol, 'one protocol').toBe(protocol);
      expect((await thread(id)).filter(({ author }) => author.kind === 'system')).toHaveLength(2);
    });

    it('takes a tapped answer as an answer', async () => {
      const { id } = (await start(ana)).body;
      await workspace.customerSends(phone, { type: 'reply', text: 'Falar com alguém', replyId: 'Falar com alguém' });
      expect(await get(id)).toMatchObject({ status: 'active', unreadCount: 1 });
    });

    it('waits in the reply queue of the template when a server began it', async () => {
      const queue = (await server.call<Queue>('POST', '/v1/queues', { name: 'Retornos' })).body;
      await server.call('PATCH', `/v1/hsm/${plain.id}`, { replyQueueId: queue.id });
      const { body } = await start(server);
      expect(body).toMatchObject({ status: 'awaiting_reply', assignee: null, queue: { id: queue.id } });
      expect(await counts(ana)).toEqual({ waiting: 0, unread: 0, mine: 0, all: 1 });
      desk.clock.advance(hour);
      await workspace.customerSays(phone, 'Oi');
      const answered = await get(body.id);
      expect(answered).toMatchObject({ status: 'queued', assignee: null, queue: { name: 'Retornos' } });
      expect([Date.parse(answered.waitingSince ?? ''), answered.protocol === null]).toEqual([desk.clock.now(), false]);
      expect((await bruno.call('POST', `/v1/conversations/${body.id}/accept`)).status).toBe(200);
    });

    it('waits in the queue when whoever began it is gone', async () => {
      const { id } = (await start(ana)).body;
      const me = await whoAmI(ana);
      await server.call('PATCH', `/v1/agents/${me.id}`, { active: false });
      await workspace.customerSays(phone, 'Oi');
      const { body } = await server.call<Conversation>('GET', `/v1/conversations/${id}`);
      expect(body).toMatchObject({ status: 'queued', assignee: null });
    });

    it('refuses a contact who is in a conversation, and says with whom', async () => {
      await workspace.customerSays(phone, 'Oi');
      const waiting = await oldestWaiting(ana);
      const refused = await refusal(bruno, '/v1/conversations', startBody({ phone }));
      expect(refused).toMatchObject({ status: 409, code: 'contact_in_conversation', problem: { owner: null } });
      expect(refused.problem).toMatchObject({ conversationId: waiting.id });
      expect(refused.problem.detail).toContain(waiting.id);
      await ana.call('POST', `/v1/conversations/${waiting.id}/accept`);
      const attended = await refusal(bruno, '/v1/conversations', startBody({ contactId: waiting.contact.id }));
      expect(attended.problem.detail).toContain('Ana Prado');
      expect(await tab(ana, 'all')).toEqual([waiting.id]);
    });

    it('does not say which conversation it is to whoever may not see it', async () => {
      const profile = await server.call<Profile>('POST', '/v1/profiles', {
        name: 'Só as suas filas',
        permissions: permissions.filter((one) => one !== 'conversations.view_all'),
      });
      await server.call('PATCH', `/v1/agents/${(await whoAmI(bruno)).id}`, { profileId: profile.body.id });
      await workspace.customerSays(phone, 'Oi');
      const waiting = await oldestWaiting(ana);
      const refused = () => refusal(bruno, '/v1/conversations', startBody({ phone }));
      expect((await refused()).problem.conversationId, 'it waits in everybody’s queue').toBe(waiting.id);
      await server.call('PATCH', `/v1/queues/${waiting.queue?.id}`, { agentIds: [(await whoAmI(ana)).id] });
      await ana.call('POST', `/v1/conversations/${waiting.id}/accept`);
      const { code, problem } = await refused();
      expect([code, problem.owner?.name]).toEqual(['contact_in_conversation', 'Ana Prado']);
      expect(JSON.stringify(problem)).not.toContain(waiting.id);
    });

    it('begins one conversation, also when several begin it at the same moment', async () => {
      const answers = await Promise.all([
        start(ana),
        start(bruno),
        start(server),
        start(ana, { phone: '83 9914-2210' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
      expect(await tab(ana, 'all')).toHaveLength(1);
      expect(await sendJobs()).toHaveLength(1);
    });

    it('knows the contact, keeps their name and the conversation before, and the window that is still open', async () => {
      await workspace.customerSays(phone, 'Oi', { name: 'Marina Albuquerque' });
      const before = await oldestWaiting(ana);
      await ana.call('POST', `/v1/conversations/${before.id}/accept`);
      await ana.call('POST', `/v1/conversations/${before.id}/close`, {});
      const { body } = await start(ana, { phone, name: 'Outra pessoa' });
      expect(body).toMatchObject({
        contact: { id: before.contact.id, name: 'Marina Albuquerque' },
        previousConversationId: before.id,
        windowExpiresAt: (await get(before.id)).windowExpiresAt,
      });
      const text = { type: 'text', text: 'Lembrei de uma coisa' };
      expect((await ana.call('POST', `/v1/conversations/${body.id}/messages`, text)).status).toBe(200);
    });

    it('is finished by its agent when no answer comes; the next message opens another one', async () => {
      await server.call('POST', '/v1/surveys', { instrument: 'csat', name: 'Satisfação' });
      const { id } = (await start(ana)).body;
      expect(await refusal(bruno, `/v1/conversations/${id}/close`, {})).toMatchObject({
        code: 'conversation_not_yours',
      });
      const { body } = await ana.call<Conversation>('POST', `/v1/conversations/${id}/close`, {});
      expect(body).toMatchObject({ status: 'closed', outcome: 'resolved', protocol: null });
      expect(
        await opened.database.read.selectFrom('surveyResponses').select('id').execute(),
        'nobody was served, so nobody is asked',
      ).toEqual([]);
      await workspace.customerSays(phone, 'Só vi agora');
      expect(await oldestWaiting(ana)).toMatchObject({ previousConversationId: id, status: 'queued' });
    });

    it('is not transferred before the customer has answered', async () => {
      const { id } = (await start(ana)).body;
      const { id: agentId } = await whoAmI(bruno);
      expect(await refusal(ana, `/v1/conversations/${id}/transfer`, { to: { agentId } })).toMatchObject({
        code: 'transition_not_allowed',
      });
    });
  });
});
