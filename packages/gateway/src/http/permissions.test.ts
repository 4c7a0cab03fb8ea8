import {
  permissions,
  type Agent,
  type Conversation,
  type Customer,
  type Page,
  type Permission,
  type Problem,
  type Profile,
} from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { deadLetter } from '../testbed/dead-letters.ts';
import { dispatchBody, scheduledDispatch } from '../testbed/dispatches.ts';
import { openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { createSurvey } from '../testbed/survey.ts';
import { approvedTemplate, orderTemplate } from '../testbed/templates.ts';

type Request = readonly [method: string, path: string, body?: unknown];

interface Probe {
  /** What only an agent with the permission may do. */
  readonly request: (world: World) => Request | Promise<Request>;
  /** What else would allow it. */
  readonly or?: readonly Permission[];
  /** How it is refused; `forbidden` where nothing else is said. */
  readonly refusal?: 'conversation_not_yours' | 'not_found';
}

interface World {
  readonly desk: TestDesk;
  readonly workspace: TestWorkspace;
  readonly ana: Caller;
  readonly bia: Caller;
  readonly anaId: string;
  readonly biaId: string;
  /** A new conversation that waits, or that the agent attends. */
  conversation(agent?: Caller): Promise<string>;
}

const on =
  (action: string, body: (world: World) => unknown = () => undefined, method = 'POST'): Probe['request'] =>
  async (world) => [method, `/v1/conversations/${await world.conversation(world.ana)}/${action}`, body(world)];
const ofBia =
  (action: string, body: (world: World) => unknown = () => undefined): Probe['request'] =>
  async (world) => ['POST', `/v1/conversations/${await world.conversation(world.bia)}/${action}`, body(world)];
const get = (path: string): Probe => ({ request: () => ['GET', path] });
const make = (path: string, body: unknown): Probe => ({ request: () => ['POST', path, body] });

/** Makes something as the server, and asks to change or delete it. */
const changing = (path: string, creation: unknown, change?: unknown): Probe => ({
  async request({ workspace }) {
    const { body } = await workspace.server.call<{ id: string }>('POST', path, creation);
    return [change === undefined ? 'DELETE' : 'PATCH', `${path}/${body.id}`, change];
  },
});

const number = (phoneNumberId: string) => ({
  phoneNumberId,
  businessAccountId: '10800000000001',
  accessToken: 'EAAB-um-token-de-teste',
  appSecrets: ['um-segredo-de-teste-do-app'],
  verifyToken: 'verifique-por-favor',
});

const probes: Readonly<Record<Permission, Probe>> = {
  'conversations.view_own_queues': { ...get('/v1/conversations'), or: ['conversations.view_all'] },
  'conversations.view_all': {
    async request({ workspace, biaId, conversation }) {
      const id = await conversation();
      const queue = { name: 'Só da Bia', agentIds: [biaId] };
      const { body } = await workspace.server.call<{ id: string }>('POST', '/v1/queues', queue);
      await workspace.server.call('POST', `/v1/conversations/${id}/transfer`, { to: { queueId: body.id } });
      return ['GET', `/v1/conversations/${id}`];
    },
    refusal: 'not_found',
  },
  'conversations.peek': {
    request: async ({ bia, conversation }) => ['GET', `/v1/conversations/${await conversation(bia)}/messages`],
  },
  'conversations.accept': {
    request: async ({ conversation }) => ['POST', `/v1/conversations/${await conversation()}/accept`],
  },
  'conversations.start': {
    async request({ desk, workspace }) {
      const { id } = await approvedTemplate(desk, workspace);
      return ['POST', '/v1/conversations', { to: { phone: '+5583977001234' }, template: { templateId: id } }];
    },
  },
  'conversations.transfer': {
    request: on('transfer', ({ biaId }) => ({ to: { agentId: biaId } })),
    or: ['conversations.transfer_others'],
  },
  'conversations.transfer_others': {
    request: ofBia('transfer', ({ anaId }) => ({ to: { agentId: anaId } })),
    refusal: 'conversation_not_yours',
  },
  'conversations.invite': { request: on('participants', ({ biaId }) => ({ agentId: biaId })) },
  'conversations.close': { request: on('close', () => ({})), or: ['conversations.close_others'] },
  'conversations.close_others': { request: ofBia('close', () => ({})), refusal: 'conversation_not_yours' },
  'conversations.discard': {
    request: async ({ conversation }) => [
      'POST',
      `/v1/conversations/${await conversation()}/discard`,
      { reason: 'Engano' },
    ],
  },
  'conversations.reopen': { request: on('reopen') },
  'conversations.convert': { request: on('convert', ({ biaId }) => ({ agentId: biaId })) },
  'conversations.tag': { request: on('tags', () => ({ tagIds: [] }), 'PUT') },
  'customers.view': get('/v1/customers'),
  'customers.create': make('/v1/customers', { name: 'Marina Albuquerque' }),
  'customers.edit': changing('/v1/customers', { name: 'Marina Albuquerque' }, { name: 'Marina' }),
  'customers.link': {
    async request({ ana, workspace, conversation }) {
      const id = await conversation(ana);
      const { body } = await workspace.server.call<Conversation>('GET', `/v1/conversations/${id}`);
      const customer = await workspace.server.call<Customer>('POST', '/v1/customers', { name: 'Marina Albuquerque' });
      return ['POST', `/v1/contacts/${body.contact.id}/link`, { customerId: customer.body.id }];
    },
  },
  'queues.view': get('/v1/queues'),
  'queues.create': make('/v1/queues', { name: 'Vendas' }),
  'queues.edit': changing('/v1/queues', { name: 'Vendas' }, { name: 'Compras' }),
  'agents.view': get('/v1/agents'),
  'agents.edit': { request: ({ biaId }) => ['PATCH', `/v1/agents/${biaId}`, { maxConcurrent: 3 }] },
  'agents.pause_others': { request: ({ biaId }) => ['PUT', `/v1/agents/${biaId}/presence`, { state: 'offline' }] },
  'profiles.view': get('/v1/profiles'),
  'profiles.create': make('/v1/profiles', { name: 'Novo', permissions: [] }),
  'profiles.edit': changing('/v1/profiles', { name: 'Novo', permissions: [] }, { name: 'Outro' }),
  'profiles.delete': changing('/v1/profiles', { name: 'Novo', permissions: [] }),
  'tags.view': get('/v1/tags'),
  'tags.create': make('/v1/tags', { name: 'Dúvida' }),
  'tags.edit': changing('/v1/tags', { name: 'Entrega' }, { name: 'Atraso' }),
  'tags.delete': changing('/v1/tags', { name: 'Troca' }),
  'settings.view': get('/v1/settings'),
  'settings.edit': { request: () => ['PATCH', '/v1/settings', { retentionDays: 120 }] },
  'hsm.view': get('/v1/hsm'),
  'hsm.create': make('/v1/hsm', orderTemplate),
  'hsm.edit': {
    request: async ({ desk, workspace }) => [
      'PATCH',
      `/v1/hsm/${(await approvedTemplate(desk, workspace)).id}`,
      { replyQueueId: null },
    ],
  },
  'hsm.delete': {
    request: async ({ desk, workspace }) => ['DELETE', `/v1/hsm/${(await approvedTemplate(desk, workspace)).id}`],
  },
  'dispatches.view': get('/v1/dispatches'),
  'dispatches.create': {
    request: async ({ desk, workspace }) => ['POST', '/v1/dispatches', await dispatchBody(desk, workspace)],
  },
  'dispatches.cancel': {
    request: async ({ desk, workspace }) => [
      'POST',
      `/v1/dispatches/${(await scheduledDispatch(desk, workspace)).id}/cancel`,
    ],
  },
  'surveys.view': get('/v1/surveys'),
  'surveys.create': make('/v1/surveys', { instrument: 'nps', name: 'NPS' }),
  'surveys.edit': {
    request: async ({ workspace }) => [
      'PATCH',
      `/v1/surveys/${(await createSurvey(workspace, 'csat', { trigger: 'manual' })).id}`,
      { active: false },
    ],
  },
  'surveys.send': {
    async request(world) {
      await createSurvey(world.workspace, 'nps', { trigger: 'manual' });
      return ['POST', `/v1/conversations/${await world.conversation(world.ana)}/surveys`, { instrument: 'nps' }];
    },
  },
  'surveys.results': get('/v1/survey-results?instrument=nps'),
  'protocols.view': {
    async request({ ana, workspace, conversation }) {
      const { body } = await workspace.server.call<Conversation>('GET', `/v1/conversations/${await conversation(ana)}`);
      return ['GET', `/v1/protocols/${body.protocol ?? ''}`];
    },
  },
  'channels.view': get('/v1/channels'),
  'channels.create': make('/v1/channels', number('10900000009001')),
  'channels.edit': changing('/v1/channels', number('10900000009002'), { name: 'Vendas' }),
  'channels.delete': changing('/v1/channels', number('10900000009003')),
  'dead_letters.view': get('/v1/dead-letters'),
  'dead_letters.redrive': {
    async request({ desk, workspace, ana, conversation }) {
      const { id } = await deadLetter(desk, workspace, await conversation(ana));
      return ['POST', `/v1/dead-letters/${id}/redrive`];
    },
  },
  'search.use': get('/v1/search/conversations?q=marina'),
};

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let world: World;

  beforeEach(async () => {
    opened = await open();
    const desk = openDesk(opened.database);
    const workspace = await desk.workspace('Cacau');
    const [ana, bia] = [await workspace.agent('ana', { name: 'Ana' }), await workspace.agent('bia', { name: 'Bia' })];
    const [anaId, biaId] = [(await whoAmI(ana)).id, (await whoAmI(bia)).id];
    let serial = 0;
    world = {
      desk,
      workspace,
      ana,
      bia,
      anaId,
      biaId,
      async conversation(agent) {
        await workspace.customerSays(`+55839991400${String(++serial).padStart(2, '0')}`, 'Oi');
        const newest = await workspace.server.call<Page<Conversation>>('GET', '/v1/conversations?limit=1');
        const id = newest.body.data[0]?.id ?? '';
        if (agent) {
          const { agentId } = agent === ana ? { agentId: anaId } : { agentId: biaId };
          await workspace.server.call('POST', `/v1/conversations/${id}/transfer`, { to: { agentId } });
        }
        return id;
      },
    };
  });
  afterEach(async () => {
    await world.desk.gateway.close();
    await opened.close();
  });

  /** What Ana may do from now on. */
  async function allow(allowed: readonly Permission[]): Promise<void> {
    const { server } = world.workspace;
    const { body } = await server.call<Profile>('POST', '/v1/profiles', { name: 'Teste', permissions: allowed });
    await server.call<Agent>('PATCH', `/v1/agents/${world.anaId}`, { profileId: body.id });
  }

  it.each(permissions)('allows with %s what it refuses without', async (permission) => {
    const { request, or = [], refusal = 'forbidden' } = probes[permission];
    const attempt = await request(world);
    await allow(permissions.filter((one) => one !== permission && !or.includes(one)));
    const refused = await world.ana.call<Problem>(...attempt);
    expect(refused.body.code).toBe(refusal);
    await allow([
      permission,
      ...(permission === 'conversations.view_own_queues' ? [] : ['conversations.view_all' as const]),
    ]);
    const allowed = await world.ana.call<Problem>(...attempt);
    // What the state of things does not allow is said as that.
    if (allowed.status >= 300) expect(allowed.body.code).toBe('transition_not_allowed');
  });

  it('asks for the permission to tag also when tags come with the record', async () => {
    const { body: tag } = await world.workspace.server.call<{ id: string }>('POST', '/v1/tags', { name: 'Troca' });
    const id = await world.conversation(world.ana);
    const close = () => world.ana.call<Problem>('POST', `/v1/conversations/${id}/close`, { tagIds: [tag.id] });
    await allow(permissions.filter((one) => one !== 'conversations.tag'));
    expect((await close()).body.code).toBe('forbidden');
    await allow(permissions);
    expect((await close()).status).toBe(200);
  });

  it('lets supervisors and administrators do by default what they could before there were profiles', async () => {
    const supervisor = await world.workspace.agent('lia', { role: 'supervisor' });
    const [first, second] = [await world.conversation(world.bia), await world.conversation(world.bia)];
    const transfer = { to: { agentId: world.anaId } };
    expect((await supervisor.call('POST', `/v1/conversations/${first}/transfer`, transfer)).status).toBe(200);
    expect((await supervisor.call('POST', `/v1/conversations/${second}/close`, {})).status).toBe(200);
    expect((await supervisor.call('POST', '/v1/queues', { name: 'Vendas' })).status).toBe(403);
    expect((await world.ana.call('POST', `/v1/conversations/${first}/close`, {})).status).toBe(200);
    expect((await world.ana.call('GET', '/v1/survey-results?instrument=nps')).status).toBe(200);
  });
});
