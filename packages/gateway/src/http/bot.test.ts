import { conversationSchema, type Page, type Queue } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWebchatChannel } from '../admin/webchat-channels.ts';
import { updateWhatsAppChannel } from '../admin/whatsapp-channels.ts';
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
  let server: Caller;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ({ server } = workspace);
    ana = await workspace.agent('ana', { name: 'Ana' });
    carla = await workspace.agent('carla', { name: 'Carla', role: 'administrator' });
    const scope = { db: opened.database, clock: desk.clock };
    await updateWhatsAppChannel(scope, workspace.id, workspace.channel.id, { bot: true });
    // The testbed hands the row over as it was read.
    const { config } = await opened.database.read
      .selectFrom('channels')
      .select('config')
      .where('id', '=', workspace.channel.id)
      .executeTakeFirstOrThrow();
    Object.assign(workspace.channel, { config });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const post = (caller: Caller, id: string, action: string, body?: object) =>
    caller.call<Outcome>('POST', `/v1/conversations/${id}/${action}`, body);
  const write = (caller: Caller, id: string, text: string) => post(caller, id, 'messages', { type: 'text', text });
  const withBot = async () => {
    await workspace.customerSays(marina, 'Oi', { name: 'Marina' });
    const { body } = await server.call<Page<Outcome>>('GET', '/v1/conversations?status=bot');
    const [conversation] = body.data;
    if (!conversation) throw new Error('no automation has any conversation');
    return conversation;
  };

  it('has what comes in first: nobody waits, and there is no protocol yet', async () => {
    const conversation = await withBot();
    expect(conversationSchema.parse(conversation)).toEqual(conversation);
    expect(conversation).toMatchObject({ status: 'bot', protocol: null, assignee: null, waitingSince: null });
    expect((await ana.call('GET', '/v1/conversations/counts')).body).toMatchObject({ waiting: 0 });
    await workspace.customerSays(marina, 'Alô?');
    const { said, happened } = await threadOf(server, conversation.id);
    expect([said, happened]).toEqual([['< Oi', '< Alô?'], []]);
  });

  it('writes with an API key; agents neither write in it nor take it', async () => {
    const { id } = await withBot();
    expect((await write(server, id, 'Olá! Sou o assistente.')).status).toBe(200);
    for (const caller of [ana, carla]) {
      expect((await write(caller, id, 'Oi')).body.code).toBe('conversation_not_yours');
      expect((await post(caller, id, 'accept')).body.code).toBe('conversation_taken');
      expect((await post(caller, id, 'hand-over', {})).status).toBe(403);
      expect((await post(caller, id, 'resolve')).status).toBe(403);
    }
    expect((await threadOf(server, id)).said).toEqual(['< Oi', '> Olá! Sou o assistente.']);
  });

  it('hands over to a queue: the number first, then what the queue says, and its history is there', async () => {
    await setQueue(workspace, { messages: { queued: 'Você está na fila {fila}.' } });
    const { body: sales } = await server.call<Queue>('POST', '/v1/queues', {
      name: 'Vendas',
      messages: { queued: 'Você está na fila {fila}.' },
    });
    const { id } = await withBot();
    await write(server, id, 'Já chamo alguém.');
    const { body } = await post(server, id, 'hand-over', { queueId: sales.id });
    expect(body).toMatchObject({ status: 'queued', queue: { name: 'Vendas' }, assignee: null });
    expect(body.protocol).toMatch(/^\d{8}000001$/);
    const { said, happened } = await threadOf(ana, id);
    expect(said).toEqual([
      '< Oi',
      '> Já chamo alguém.',
      expect.stringContaining(body.protocol ?? ''),
      '* Você está na fila Vendas.',
    ]);
    expect(happened).toEqual(['handed_over', 'queued', 'protocol_assigned']);
    expect((await post(server, id, 'hand-over', {})).body.code).toBe('transition_not_allowed');
    expect((await post(ana, id, 'accept')).body.assignee).toMatchObject({ name: 'Ana' });
  });

  it('stays in the queue of the channel unless another one is named, and refuses one that is not there', async () => {
    const { id, queue } = await withBot();
    const other = await desk.workspace('Outra');
    const { body: theirs } = await other.server.call<Page<Queue>>('GET', '/v1/queues');
    const refused = await post(server, id, 'hand-over', { queueId: theirs.data[0]?.id });
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([422, 'body.queueId']);
    expect((await threadOf(server, id)).conversation.status).toBe('bot');
    expect((await post(server, id, 'hand-over', {})).body.queue).toEqual(queue);
  });

  it('resolves what needs nobody, asks no survey, and gets the next one again', async () => {
    await createSurvey(workspace, 'nps');
    await setQueue(workspace, { reopenWithinMinutes: 60 });
    const { id } = await withBot();
    expect((await post(server, id, 'resolve')).body).toMatchObject({
      status: 'closed',
      outcome: 'bot_resolved',
      protocol: null,
    });
    expect((await threadOf(server, id)).said).toEqual(['< Oi']);
    expect((await post(server, id, 'resolve')).body.code).toBe('conversation_closed');
    expect(await withBot()).toMatchObject({ status: 'bot', previousConversationId: id });
  });

  it('lets one of two win who hand it over and resolve it', async () => {
    const { id } = await withBot();
    const answers = await Promise.all([post(server, id, 'hand-over', {}), post(server, id, 'resolve')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('has the visitors of a webchat whose setting says so, who may leave it', async () => {
    const visitor = await (await openWebchat(desk, workspace, { bot: true })).visitor();
    const { id } = await visitor.says('Oi');
    expect((await threadOf(server, id)).conversation.status).toBe('bot');
    expect(await visitor.call('GET', `/conversations/${id}`)).toMatchObject({
      body: { status: 'waiting', protocol: null },
    });
    await visitor.call('POST', `/conversations/${id}/close`);
    expect((await threadOf(server, id)).conversation).toMatchObject({ status: 'closed', outcome: 'abandoned_client' });
  });

  it('is no business of a page: its configuration does not tell', async () => {
    const scope = { db: opened.database, clock: desk.clock };
    const { key } = await createWebchatChannel(scope, workspace.id, {
      settings: { title: 'Loja', origins: ['https://loja.test'], bot: true },
    });
    const response = await desk.request(`/v1/webchat/config?key=${key}`, { headers: { origin: 'https://loja.test' } });
    expect(response.status).toBe(200);
    expect(await response.json()).not.toHaveProperty('bot');
  });

  it('is left alone by those who wait', async () => {
    await withBot();
    await expect(oldestWaiting(ana)).rejects.toThrow('nobody waits');
  });
});
