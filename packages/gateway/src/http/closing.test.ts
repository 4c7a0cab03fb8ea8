import { closingFields, conversationSchema } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { day, minute } from '../clock.ts';
import { newId } from '../domain/ids.ts';
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

  const attended = async (caller: Caller = ana) => {
    await workspace.customerSays(marina, 'Oi', { name: 'Marina' });
    const { id } = await oldestWaiting(caller);
    await caller.call('POST', `/v1/conversations/${id}/accept`);
    return id;
  };
  const post = (caller: Caller, id: string, action: string, body?: object) =>
    caller.call<Outcome>('POST', `/v1/conversations/${id}/${action}`, body);
  const tag = async (name: string, queueIds: readonly string[] = []) => {
    const id = newId('tag', desk.clock.now());
    const times = { createdAt: desk.clock.now(), updatedAt: desk.clock.now() };
    const row = { id, workspaceId: workspace.id, name, nameKey: name.toLowerCase(), ...times, version: 1 };
    await opened.database.transaction(async (tx) => {
      await tx
        .insertInto('tags')
        .values({ ...row, queueIds: JSON.stringify(queueIds) })
        .execute();
    });
    return id;
  };

  it('closes at once where the policy is none, and keeps what was filled in', async () => {
    const id = await attended();
    const { status, body } = await post(ana, id, 'close', {
      outcome: 'unresolved',
      subject: 'Boleto',
      category: 'Financeiro',
      notes: 'Vai ligar amanhã',
      tagIds: [await tag('Cobrança')],
    });
    expect(status).toBe(200);
    expect(conversationSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      status: 'closed',
      outcome: 'unresolved',
      subject: 'Boleto',
      category: 'Financeiro',
      notes: 'Vai ligar amanhã',
      tags: [{ name: 'Cobrança' }],
      assignee: { name: 'Ana' },
    });
    expect((await post(ana, id, 'save', {})).body.code).toBe('conversation_closed');
  });

  it('waits for its record where the policy is form, with its assignee and its outcome', async () => {
    await setQueue(workspace, { closePolicy: 'form', requiredFields: ['subject', 'tags'] });
    const id = await attended();
    expect((await post(ana, id, 'save', {})).body.code, 'still in service').toBe('transition_not_allowed');
    const ended = await post(ana, id, 'close', { outcome: 'no_reply', category: 'Financeiro' });
    expect(ended.body).toMatchObject({
      status: 'wrap_up',
      outcome: 'no_reply',
      closedAt: null,
      category: 'Financeiro',
      assignee: { name: 'Ana' },
    });
    expect((await post(ana, id, 'close', {})).body.code).toBe('transition_not_allowed');
    expect((await post(ana, id, 'messages', { type: 'text', text: 'Oi' })).body.code).toBe('conversation_closed');
    expect((await post(bruno, id, 'save', { subject: 'Meu' })).body).toMatchObject({
      code: 'conversation_not_yours',
      owner: { name: 'Ana' },
    });

    const before = await threadOf(ana, id);
    const incomplete = await post(ana, id, 'save', { notes: 'Nada' });
    expect([incomplete.status, incomplete.body.code]).toEqual([409, 'record_incomplete']);
    expect(incomplete.body.errors?.map(({ path }) => path)).toEqual(['body.subject', 'body.tagIds']);
    expect(await threadOf(ana, id), 'nothing of it was written').toEqual(before);

    desk.clock.advance(minute);
    const saved = await post(ana, id, 'save', { subject: 'Boleto', tagIds: [await tag('Cobrança')] });
    expect(saved.body).toMatchObject({ status: 'closed', outcome: 'no_reply', subject: 'Boleto', notes: null });
    expect(saved.body.closedAt).not.toBeNull();
    expect((await threadOf(ana, id)).happened.slice(-3)).toEqual(['ended', 'tags_changed', 'recorded']);
  });

  it('takes another outcome with the record, and none away', async () => {
    await setQueue(workspace, { closePolicy: 'form' });
    const id = await attended();
    await post(ana, id, 'close', { outcome: 'unresolved' });
    expect((await post(ana, id, 'save', { outcome: 'resolved' })).body.outcome).toBe('resolved');
  });

  it('asks for every required field before it closes, also without a form', async () => {
    await setQueue(workspace, { requiredFields: closingFields });
    const id = await attended();
    const { body } = await post(ana, id, 'close', {});
    expect([body.code, body.errors?.length]).toEqual(['record_incomplete', closingFields.length]);
    expect((await threadOf(ana, id)).conversation.status).toBe('active');
  });

  it('refuses tags that are not there or not for the queue, and blank fields, with the field', async () => {
    const id = await attended();
    const unknown = await post(ana, id, 'close', { tagIds: [newId('tag', 0)] });
    expect([unknown.status, unknown.body.errors?.[0]?.path]).toEqual([422, 'body.tagIds']);
    const other = await workspace.server.call<{ id: string }>('POST', '/v1/queues', { name: 'Vendas' });
    const alien = await post(ana, id, 'close', { tagIds: [await tag('Venda', [other.body.id])] });
    expect(alien.body.code).toBe('tag_not_allowed');
    const blank = await post(ana, id, 'close', { subject: ' ', notes: 'x'.repeat(2001) });
    expect([blank.status, blank.body.errors?.map(({ path }) => path)]).toEqual([422, ['body.subject', 'body.notes']]);
    expect((await threadOf(ana, id)).conversation).toMatchObject({ status: 'active', subject: null, tags: [] });
  });

  it('begins a new service when the customer writes while the record is open, and lets nobody into the old one', async () => {
    await setQueue(workspace, { closePolicy: 'form' });
    const id = await attended();
    await post(ana, id, 'close', {});
    await workspace.customerSays(marina, 'Mais uma coisa');
    const next = await oldestWaiting(ana);
    expect(next).toMatchObject({ status: 'queued', previousConversationId: id, unreadCount: 1 });
    expect((await threadOf(ana, id)).conversation.status).toBe('wrap_up');
    expect((await post(ana, id, 'accept')).body.code).toBe('conversation_closed');
  });

  it('asks the survey at the end of the chat, and not again with the record', async () => {
    await createSurvey(workspace, 'nps');
    await setQueue(workspace, { closePolicy: 'form', messages: { ended: 'Até logo' } });
    const id = await attended();
    await post(ana, id, 'close', {});
    const atEnd = (await threadOf(ana, id)).said;
    expect(atEnd.slice(-2)[0]).toBe('* Até logo');
    expect(atEnd.at(-1)).toContain('De 0 a 10');
    await post(ana, id, 'save', {});
    expect((await threadOf(ana, id)).said).toEqual(atEnd);
  });

  it('tells a visitor that it ended, once, when the chat ends', async () => {
    await setQueue(workspace, { closePolicy: 'form' });
    const visitor = await (await openWebchat(desk, workspace)).visitor();
    const { id } = await visitor.says('Oi');
    await post(ana, id, 'accept');
    desk.clock.advance(minute);
    const left = await visitor.call<{ status: string; endedAt: string }>('POST', `/conversations/${id}/close`);
    expect(left.body).toMatchObject({ status: 'ended', endedAt: new Date(desk.clock.now()).toISOString() });
    const thread = await threadOf(ana, id);
    expect(thread.conversation).toMatchObject({ status: 'wrap_up', outcome: 'terminated_client' });
    desk.clock.advance(minute);
    expect((await post(ana, id, 'save', {})).body.outcome).toBe('terminated_client');
    const shown = await visitor.call<{ data: { content: { notice?: string } }[] }>(
      'GET',
      `/conversations/${id}/messages`,
    );
    expect(shown.body.data.filter(({ content }) => content.notice === 'ended')).toHaveLength(1);
    expect((await visitor.call(`GET`, `/conversations/${id}`)).body).toMatchObject({ endedAt: left.body.endedAt });
  });

  it('says what the queue has to say, filled in, after the protocol', async () => {
    await setQueue(workspace, {
      messages: {
        queued: 'Você é o {posicao}º da fila {fila}.',
        started: 'Olá, {nome}! Sou {atendente}.',
        ended: 'Protocolo {protocolo}. Até logo.',
      },
    });
    await workspace.customerSays('+5583988120042', 'Antes');
    desk.clock.advance(1);
    await workspace.customerSays(marina, 'Oi', { name: 'Marina' });
    await post(ana, (await oldestWaiting(ana)).id, 'accept');
    const { id, protocol } = await oldestWaiting(ana);
    await post(ana, id, 'accept');
    await post(ana, id, 'accept');
    await post(ana, id, 'close', {});
    const { said } = await threadOf(ana, id);
    expect(said[1]).toContain(protocol);
    expect(said.filter((_, index) => index !== 1)).toEqual([
      '< Oi',
      '* Você é o 2º da fila Atendimento.',
      '* Olá, Marina! Sou Ana.',
      `* Protocolo ${protocol ?? ''}. Até logo.`,
    ]);
  });

  it('says nothing by itself once the window is closed', async () => {
    await setQueue(workspace, { messages: { started: 'Olá', ended: 'Até logo' } });
    await workspace.customerSays(marina, 'Oi');
    desk.clock.advance(day);
    const later = await workspace.agent('ana');
    const { id, protocol } = await oldestWaiting(later);
    await post(later, id, 'accept');
    await post(later, id, 'close', {});
    const { said, conversation } = await threadOf(later, id);
    expect(said).toEqual(['< Oi', expect.stringContaining(protocol ?? '')]);
    expect(conversation.status).toBe('closed');
  });

  it('gives a protocol without a word where the workspace wants no notice', async () => {
    await workspace.server.call('PATCH', '/v1/settings', { protocolNotice: false });
    await workspace.customerSays(marina, 'Oi');
    const { id, protocol } = await oldestWaiting(ana);
    expect(protocol).toMatch(/^\d{8}000001$/);
    expect((await threadOf(ana, id)).said).toEqual(['< Oi']);
  });

  it('keeps when it was first answered', async () => {
    const id = await attended();
    const first = (await threadOf(ana, id)).conversation.answeredAt;
    expect(first).toBe(new Date(desk.clock.now()).toISOString());
    const { body: queues } = await ana.call<{ data: { id: string }[] }>('GET', '/v1/queues');
    await post(ana, id, 'transfer', { to: { queueId: queues.data[0]?.id } });
    desk.clock.advance(minute);
    await post(bruno, id, 'accept');
    expect((await threadOf(ana, id)).conversation.answeredAt).toBe(first);
  });
});
