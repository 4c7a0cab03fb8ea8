import type { Agent, Conversation, Message, Page, Problem, Queue } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { minute, second } from '../clock.ts';
import { timeOutOffer } from '../commands/offer.ts';
import { runUnit } from '../store/unit.ts';
import { oldestWaiting, openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let bia: Caller;
  let ids: { readonly ana: string; readonly bia: string };
  let id: string;
  let waitingSince: string | null;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana' });
    bia = await workspace.agent('bia', { name: 'Bia' });
    ids = { ana: (await whoAmI(ana)).id, bia: (await whoAmI(bia)).id };
    await workspace.customerSays('+5583999142210', 'Oi');
    ({ id, waitingSince } = await oldestWaiting(ana));
    desk.clock.advance(minute);
    await ana.call('POST', `/v1/conversations/${id}/accept`);
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const read = async () => (await workspace.server.call<Conversation>('GET', `/v1/conversations/${id}`)).body;
  const transfer = (caller: Caller, to: object, reason?: string) =>
    caller.call<Conversation & Omit<Problem, 'status'>>('POST', `/v1/conversations/${id}/transfer`, { to, reason });
  const settings = (whatsapp: object) => workspace.server.call('PATCH', '/v1/settings', { origins: { whatsapp } });
  const post = (caller: Caller, action: string) =>
    caller.call<Conversation & Omit<Problem, 'status'>>('POST', `/v1/conversations/${id}/${action}`);
  const story = async () => {
    const { body } = await workspace.server.call<Page<Message>>('GET', `/v1/conversations/${id}/messages?limit=100`);
    return body.data.toReversed().flatMap(({ content }) => (content.type === 'event' ? [content.event] : []));
  };
  /** Texts of the customer and to the customer, without the number of the service. */
  const said = async () => {
    const { body } = await workspace.server.call<Page<Message>>('GET', `/v1/conversations/${id}/messages?limit=100`);
    const texts = body.data.toReversed().flatMap(({ content }) => (content.type === 'text' ? [content.text] : []));
    return texts.filter((text) => !text.includes('rotocolo'));
  };
  const events = async () =>
    (
      await opened.database.read
        .selectFrom('events')
        .select('type')
        .where('conversationId', '=', id)
        .orderBy('seq')
        .execute()
    ).map(({ type }) => type);
  const queue = async (more: object = {}) =>
    (await workspace.server.call<Queue>('POST', '/v1/queues', { name: 'Financeiro', ...more })).body;

  it('refuses targets that are not there, deactivated or have it already, and changes nothing', async () => {
    const before = await read();
    const carla = await workspace.agent('carla');
    const { id: carlaId } = await whoAmI(carla);
    await workspace.server.call('PATCH', `/v1/agents/${carlaId}`, { active: false });
    const { id: queueId } = await queue();
    for (const to of [
      { agentId: ids.ana },
      { agentId: carlaId },
      { agentId: ids.bia.replace(/.{4}$/, '0000') },
      { queueId: queueId.replace(/.{4}$/, '0000') },
    ]) {
      const { status, body } = await transfer(ana, to);
      expect([status, body.code]).toEqual([409, 'transfer_target_invalid']);
    }
    expect((await transfer(bia, { agentId: ids.bia })).body.code).toBe('conversation_not_yours');
    expect((await transfer(ana, { agentId: ids.bia, queueId })).status).toBe(422);
    expect((await transfer(ana, {})).status).toBe(422);
    expect(await read()).toEqual(before);
  });

  it('keeps to what the settings allow on the channel', async () => {
    const { id: queueId } = await queue();
    await settings({ transferToAgent: false });
    expect((await transfer(ana, { agentId: ids.bia })).body).toMatchObject({
      code: 'transfer_target_invalid',
      detail: 'The settings of the workspace allow no transfers to agents on this channel.',
    });
    await settings({ transferToAgent: true, transferToQueue: false });
    expect((await transfer(workspace.server, { queueId })).body.code).toBe('transfer_target_invalid');
    expect((await transfer(ana, { agentId: ids.bia })).body).toMatchObject({
      status: 'active',
      assignee: { id: ids.bia },
    });
  });

  it('hands it over at once with the reason, and tells the customer what the queue says', async () => {
    const { id: queueId } = await queue({ messages: { transferred: 'Você fala agora com {fila}.' } });
    const handed = await transfer(ana, { agentId: ids.bia }, 'Conhece o caso');
    expect(handed.body).toMatchObject({ status: 'active', assignee: { id: ids.bia }, offer: null });
    const back = await transfer(bia, { queueId });
    expect(back.body).toMatchObject({
      status: 'queued',
      assignee: null,
      queue: { id: queueId },
      // Since the customer came, not since the transfer.
      waitingSince,
    });
    expect(await said()).toEqual(['Oi', 'Você fala agora com Financeiro.']);
    expect((await story()).filter(({ name }) => name === 'transferred')).toEqual([
      {
        name: 'transferred',
        by: { id: ids.ana, name: 'Ana' },
        toAgent: { id: ids.bia, name: 'Bia' },
        toQueue: null,
        reason: 'Conhece o caso',
      },
      {
        name: 'transferred',
        by: { id: ids.bia, name: 'Bia' },
        toAgent: null,
        toQueue: { id: queueId, name: 'Financeiro' },
        reason: null,
      },
    ]);
    expect((await transfer(workspace.server, { queueId })).body.code).toBe('transfer_target_invalid');
  });

  it('asks for acceptance where the settings want it, with a deadline', async () => {
    await settings({ transferNeedsAccept: true });
    const offered = await transfer(ana, { agentId: ids.bia });
    expect(offered.body).toMatchObject({
      status: 'offered',
      assignee: null,
      waitingSince,
      offer: { agent: { id: ids.bia, name: 'Bia' }, from: { id: ids.ana, name: 'Ana' } },
    });
    expect(Date.parse(offered.body.offer?.expiresAt ?? '')).toBe(desk.clock.now() + 30 * second);
    expect((await transfer(workspace.server, { agentId: ids.bia })).body.code).toBe('transfer_target_invalid');
    expect((await post(bia, 'accept')).body).toMatchObject({
      status: 'active',
      assignee: { id: ids.bia },
      offer: null,
    });
    expect((await events()).slice(-7)).toEqual([
      'conversation.transferred',
      'message.created',
      'offer.created',
      'message.created',
      'offer.accepted',
      'conversation.assigned',
      'message.created',
    ]);
  });

  it('returns to the sender when it is declined or nobody answers in time', async () => {
    await settings({ transferNeedsAccept: true });
    await transfer(ana, { agentId: ids.bia });
    expect((await post(ana, 'decline')).body.code).toBe('offer_not_yours');
    expect((await post(bia, 'decline')).body).toMatchObject({
      status: 'active',
      assignee: { id: ids.ana },
      offer: null,
    });

    await transfer(ana, { agentId: ids.bia });
    const scope = { db: opened.database, clock: desk.clock };
    const timeOut = () => runUnit(scope, workspace.id, (unit) => timeOutOffer(unit, id));
    desk.clock.advance(29 * second);
    await timeOut();
    expect((await read()).status).toBe('offered');
    desk.clock.advance(second);
    await timeOut();
    expect(await read()).toMatchObject({ status: 'active', assignee: { id: ids.ana }, offer: null });
    expect((await story()).map(({ name }) => name).slice(-4)).toEqual([
      'transferred',
      'offered',
      'offer_timed_out',
      'offer_returned',
    ]);
  });

  it('remembers the first sender when a supervisor sends the card to somebody else', async () => {
    const lia = await workspace.agent('lia', { name: 'Lia', role: 'supervisor' });
    const caio = await workspace.agent('caio', { name: 'Caio' });
    const { id: caioId } = await whoAmI(caio);
    await settings({ transferNeedsAccept: true });
    await transfer(ana, { agentId: ids.bia });
    expect((await transfer(lia, { agentId: caioId })).body.offer).toMatchObject({
      agent: { id: caioId },
      from: { id: ids.ana },
    });
    expect((await post(bia, 'accept')).status).toBe(409);
    expect((await post(caio, 'decline')).body).toMatchObject({ status: 'active', assignee: { id: ids.ana } });
  });

  it('gives a card of nobody back to the queue', async () => {
    await settings({ transferNeedsAccept: true });
    await workspace.customerSays('+5583988120042', 'Olá');
    const { body } = await workspace.server.call<Page<Conversation>>('GET', '/v1/conversations?tab=waiting');
    id = body.data[0]?.id ?? '';
    expect((await transfer(workspace.server, { agentId: ids.bia })).body.offer).toMatchObject({ from: null });
    expect((await post(bia, 'decline')).body).toMatchObject({ status: 'queued', assignee: null, offer: null });
  });

  it('gives it to one of two who are named at the same moment, and never to whoever is deactivated meanwhile', async () => {
    const caio = await workspace.agent('caio');
    const { id: caioId } = await whoAmI(caio);
    const answers = await Promise.all([transfer(ana, { agentId: ids.bia }), transfer(ana, { agentId: caioId })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = answers.find(({ status }) => status === 200)?.body.assignee?.id;
    expect((await read()).assignee?.id).toBe(won);

    const [moved, gone] = await Promise.all([
      transfer(workspace.server, { agentId: ids.ana }),
      workspace.server.call<Agent>('PATCH', `/v1/agents/${ids.ana}`, { active: false }),
    ]);
    expect(gone.body.active).toBe(false);
    expect([200, 409]).toContain(moved.status);
  });
});
