import type { Conversation, Queue, Tag } from '@prosa/core/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minute } from '../clock.ts';
import type { Caller } from '../testbed/desk.ts';
import type { GatewayProcess } from '../testbed/gateway-process.ts';
import { openProcesses, type ProcessAgent, type Processes, type ProcessWorkspace } from '../testbed/processes.ts';
import { threadOf, type Outcome } from '../testbed/queues.ts';

const marina = '+5583999142210';
const nina = '+5583988120042';

/** What an agent does at one process is what the other one knows; what two do at once, one of them did. */
describe.each(['sqlite', 'postgres'] as const)('%s', { timeout: 180_000 }, (engine) => {
  let at: Processes;
  beforeAll(async () => {
    at = await openProcesses(engine);
  });
  afterAll(() => at.close());

  interface Team {
    readonly workspace: ProcessWorkspace;
    readonly ana: ProcessAgent;
    readonly bia: ProcessAgent;
    readonly lia: ProcessAgent;
  }
  async function team(): Promise<Team> {
    const workspace = await at.workspace('Cacau');
    const [ana, bia, lia] = [
      await workspace.agent('Ana'),
      await workspace.agent('Bia'),
      await workspace.agent('Lia', 'supervisor'),
    ];
    return { workspace, ana, bia, lia };
  }
  const post = (
    process: GatewayProcess,
    caller: Caller,
    { id }: { readonly id: string },
    action: string,
    body?: object,
  ) => process.as(caller).call<Outcome>('POST', `/v1/conversations/${id}/${action}`, body);
  /** The same in both, at the same moment. */
  const inBoth = (caller: Caller, of: { readonly id: string }, action: string, body?: object) =>
    Promise.all([post(at.a, caller, of, action, body), post(at.b, caller, of, action, body)]);
  const outcomes = (answers: readonly { readonly status: number; readonly body: Outcome }[]) =>
    answers.map(({ status, body }) => (status === 200 ? '200' : body.code)).sort();
  const setQueue = async ({ workspace }: Team, { queue }: Conversation, settings: object) => {
    const { status, body } = await workspace.server.call<Queue>('PATCH', `/v1/queues/${queue?.id ?? ''}`, settings);
    expect(status).toBe(200);
    return body;
  };

  it.concurrent(
    'lifecycle: taken once by all who race for it, and every step is seen and refused alike in both',
    async ({ expect }) => {
      const all = await team();
      const { workspace, ana, bia, lia } = all;
      const waiting = await workspace.says(at.b, marina, 'Oi', 'Marina');
      expect(waiting).toMatchObject({ status: 'queued', assignee: null });
      await setQueue(all, waiting, { closePolicy: 'form' });
      const before = await threadOf(at.b.as(ana), waiting.id);
      for (const [process, action] of [
        [at.a, 'resume'],
        [at.b, 'park'],
        [at.a, 'save'],
        [at.b, 'reopen'],
      ] as const) {
        const { status, body } = await post(process, lia, waiting, action, action === 'save' ? {} : undefined);
        expect([action, status, body.code]).toEqual([action, 409, 'transition_not_allowed']);
      }
      expect(await threadOf(at.a.as(ana), waiting.id)).toEqual(before);

      const rivals = await Promise.all(['Caio', 'Davi', 'Eva', 'Gil'].map((name) => workspace.agent(name)));
      const answers = await Promise.all(
        [ana, bia, ...rivals].flatMap((rival) => [
          post(at.a, rival, waiting, 'accept'),
          post(at.b, rival, waiting, 'accept'),
        ]),
      );
      const owner = (await threadOf(at.b.as(lia), waiting.id)).conversation.assignee;
      // Whoever has it may say so twice.
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
      for (const { status, body } of answers) {
        if (status === 200) expect(body.assignee).toEqual(owner);
        else expect([status, body.code, body.owner]).toEqual([409, 'conversation_taken', owner]);
      }
      const winner = [ana, bia, ...rivals].find(({ id }) => id === owner?.id) ?? ana;

      expect(outcomes(await inBoth(winner, waiting, 'park'))).toEqual(['200', 'transition_not_allowed']);
      const resumed = await workspace.says(at.b, marina, 'Achei o boleto');
      expect(resumed).toMatchObject({ id: waiting.id, status: 'active', assignee: owner });
      const ended = await inBoth(winner, waiting, 'close', { outcome: 'unresolved' });
      expect(outcomes(ended)).toEqual(['200', 'transition_not_allowed']);
      expect((await post(at.b, winner, waiting, 'messages', { type: 'text', text: 'Oi' })).body.code).toBe(
        'conversation_closed',
      );
      expect(outcomes(await inBoth(winner, waiting, 'save', { subject: 'Boleto' }))).toEqual([
        '200',
        'conversation_closed',
      ]);
      for (const process of [at.a, at.b]) {
        const { conversation, happened } = await threadOf(process.as(ana), waiting.id);
        expect(conversation).toMatchObject({ status: 'closed', outcome: 'unresolved', subject: 'Boleto' });
        expect(happened).toEqual(['queued', 'protocol_assigned', 'accepted', 'parked', 'resumed', 'ended', 'recorded']);
      }

      const next = await workspace.says(at.a, marina, 'Oi de novo');
      expect(next).toMatchObject({ status: 'queued', previousConversationId: waiting.id });
      const [closed, discarded] = await Promise.all([
        post(at.a, lia, next, 'accept').then(() => post(at.a, lia, next, 'close', {})),
        post(at.b, lia, next, 'discard', { reason: 'Engano' }),
      ]);
      expect([closed.status, discarded.status].sort()).toEqual([200, 409]);
    },
  );

  it.concurrent('lifecycle: time closes it once, whichever process looks', async ({ expect }) => {
    const all = await team();
    const waiting = await all.workspace.says(at.a, nina, 'Oi');
    await setQueue(all, waiting, { queueTimeoutMinutes: 1 });
    const since = Date.now() - minute;
    await at.database.transaction((tx) =>
      tx.updateTable('conversations').set({ queuedAt: since }).where('id', '=', waiting.id).execute(),
    );
    const thread = () => threadOf(at.b.as(all.lia), waiting.id);
    await expect
      .poll(async () => (await thread()).conversation, { timeout: 20_000, interval: 100 })
      .toMatchObject({ status: 'closed', outcome: 'queue_timeout' });
    expect((await thread()).happened.filter((name) => name !== 'queued' && name !== 'protocol_assigned')).toHaveLength(
      1,
    );
  });

  it.concurrent(
    'transfer and invite: to one of two at once, with acceptance, and as the channel allows',
    async ({ expect }) => {
      const { workspace, ana, bia, lia } = await team();
      const conversation = await workspace.says(at.a, marina, 'Oi');
      const caio = await workspace.online(at.b, 'Caio');
      await post(at.a, ana, conversation, 'accept');
      const moves = await Promise.all([
        post(at.a, ana, conversation, 'transfer', { to: { agentId: bia.id }, reason: 'Conhece o caso' }),
        post(at.b, ana, conversation, 'transfer', { to: { agentId: caio.id } }),
      ]);
      expect(outcomes(moves)).toEqual(['200', 'conversation_not_yours']);
      await post(at.b, lia, conversation, 'transfer', { to: { agentId: ana.id } });

      const settings = (whatsapp: object) =>
        at.a.as(workspace.server).call('PATCH', '/v1/settings', { origins: { whatsapp } });
      await settings({ transferNeedsAccept: true });
      const offered = await post(at.b, ana, conversation, 'transfer', { to: { agentId: bia.id } });
      expect(offered.body).toMatchObject({ status: 'offered', offer: { agent: { id: bia.id }, from: { id: ana.id } } });
      expect((await post(at.a, caio, conversation, 'accept')).body.code).toBe('conversation_taken');
      expect((await post(at.a, bia, conversation, 'decline')).body.assignee).toMatchObject({ id: ana.id });
      await post(at.a, ana, conversation, 'transfer', { to: { agentId: bia.id } });
      const decided = await Promise.all([
        post(at.a, bia, conversation, 'accept'),
        post(at.b, bia, conversation, 'decline'),
      ]);
      expect(decided.filter(({ status }) => status === 200)).toHaveLength(1);
      await post(at.b, lia, conversation, 'transfer', { to: { agentId: ana.id } });
      await post(at.a, ana, conversation, 'accept');

      await settings({ transferToAgent: false, transferToQueue: false });
      const refused = await inBoth(ana, conversation, 'transfer', { to: { agentId: bia.id } });
      expect(outcomes(refused)).toEqual(['transfer_target_invalid', 'transfer_target_invalid']);
      expect((await post(at.b, caio, conversation, 'participants/join')).body.code).toBe('not_invited');
      expect((await post(at.a, ana, conversation, 'participants', { agentId: caio.id })).status).toBe(200);
      expect((await post(at.b, caio, conversation, 'participants/join')).body.participants).toMatchObject([
        { id: caio.id, joined: true },
      ]);
      expect((await post(at.b, caio, conversation, 'messages', { type: 'text', text: 'Vou ver' })).status).toBe(200);
      await at.a.as(ana).call('POST', `/v1/conversations/${conversation.id}/viewing`, { viewing: true });
      await expect
        .poll(() => caio.stream.frames.map(({ data }) => data.type))
        .toEqual(expect.arrayContaining(['participant.invited', 'participant.joined', 'viewing.changed']));
      expect((await post(at.a, caio, conversation, 'participants/leave')).body.participants).toEqual([]);
      expect((await threadOf(at.b.as(ana), conversation.id)).said.at(-1)).toBe('> Vou ver');
    },
  );

  it.concurrent(
    'tags, closing, discarding and reopening: the same rules in both, and nothing done twice',
    async ({ expect }) => {
      const all = await team();
      const { workspace, ana, lia } = all;
      const { server } = workspace;
      const conversation = await workspace.says(at.a, marina, 'Oi');
      const makeTag = (process: GatewayProcess, name: string, queueIds: readonly string[] = []) =>
        process.as(server).call<Tag>('POST', '/v1/tags', { name, queueIds });
      const made = await Promise.all([makeTag(at.a, 'Cobrança'), makeTag(at.b, 'COBRANCA')]);
      expect(made.map(({ status }) => status).sort()).toEqual([200, 409]);
      const tag = made.find(({ status }) => status === 200)?.body;
      const { body: sales } = await at.b.as(server).call<Queue>('POST', '/v1/queues', { name: 'Vendas' });
      const { body: alien } = await makeTag(at.a, 'Preço', [sales.id]);

      await setQueue(all, conversation, { requiredFields: ['subject', 'tags'] });
      await post(at.a, ana, conversation, 'accept');
      const before = await threadOf(at.b.as(ana), conversation.id);
      for (const process of [at.a, at.b]) {
        const tagged = await process.as(ana).call<Outcome>('PUT', `/v1/conversations/${conversation.id}/tags`, {
          tagIds: [alien.id],
        });
        expect([tagged.status, tagged.body.code]).toEqual([409, 'tag_not_allowed']);
        const { status, body } = await post(process, ana, conversation, 'close', { notes: 'Nada' });
        expect([status, body.code, body.errors?.map(({ path }) => path)]).toEqual([
          409,
          'record_incomplete',
          ['body.subject', 'body.tagIds'],
        ]);
        const blank = await post(process, ana, conversation, 'close', { subject: ' ' });
        expect([blank.status, blank.body.errors?.map(({ path }) => path)]).toEqual([422, ['body.subject']]);
      }
      expect(await threadOf(at.a.as(ana), conversation.id)).toEqual(before);
      await at.a.as(ana).call('PUT', `/v1/conversations/${conversation.id}/tags`, { tagIds: [tag?.id] });
      const closed = await inBoth(ana, conversation, 'close', { subject: 'Boleto' });
      expect(outcomes(closed)).toEqual(['200', 'conversation_closed']);

      expect(outcomes(await inBoth(ana, conversation, 'reopen'))).toEqual(['200', 'transition_not_allowed']);
      const reopened = await threadOf(at.b.as(ana), conversation.id);
      expect(reopened.conversation).toMatchObject({
        status: 'queued',
        assignee: null,
        outcome: null,
        protocol: conversation.protocol,
        tags: [{ name: tag?.name }],
      });
      expect(reopened.happened.slice(-2)).toEqual(['reopened', 'queued']);

      expect((await post(at.a, ana, conversation, 'discard', { reason: 'Engano' })).status).toBe(403);
      const nameless = await post(at.b, lia, conversation, 'discard', { reason: ' ' });
      expect([nameless.status, nameless.body.errors?.[0]?.path]).toEqual([422, 'body.reason']);
      const discarded = await inBoth(lia, conversation, 'discard', { reason: 'Engano' });
      expect(outcomes(discarded)).toEqual(['200', 'conversation_closed']);
      expect((await threadOf(at.a.as(ana), conversation.id)).conversation).toMatchObject({
        status: 'closed',
        outcome: 'discarded',
      });

      const next = await workspace.says(at.b, marina, 'Voltei');
      const busy = await inBoth(ana, conversation, 'reopen');
      expect(outcomes(busy)).toEqual(['contact_in_conversation', 'contact_in_conversation']);
      expect(busy[0].body.detail).toContain(next.id);
    },
  );
});
