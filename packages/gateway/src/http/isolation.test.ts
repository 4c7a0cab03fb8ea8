import {
  routes,
  splitPath,
  type Contact,
  type Customer,
  type Message,
  type Page,
  type Problem,
  type Profile,
  type Route,
  type Tag,
} from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../store/database.ts';
import { deadLetter } from '../testbed/dead-letters.ts';
import { scheduledDispatch } from '../testbed/dispatches.ts';
import { oldestWaiting, openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pngFile } from '../testbed/files.ts';
import { createSurvey, surveyedCustomer } from '../testbed/survey.ts';
import { approvedTemplate } from '../testbed/templates.ts';

/** A valid body for each route that needs one, so that only the ids can be what is refused. */
const bodies: Record<string, (theirs: Ids) => unknown> = {
  'conversations.transfer': ({ agentId }) => ({ to: { agentId } }),
  'conversations.close': () => ({}),
  'conversations.save': () => ({}),
  'conversations.discard': () => ({ reason: 'Engano' }),
  'conversations.handOver': () => ({}),
  'conversations.convert': ({ queueId }) => ({ queueId }),
  'conversations.invite': ({ agentId }) => ({ agentId }),
  'conversations.setTags': () => ({ tagIds: [] }),
  'conversations.viewing': () => ({ viewing: true }),
  'conversations.typing': () => ({ typing: true }),
  'messages.send': () => ({ type: 'text', text: 'Oi' }),
  'messages.react': () => ({ emoji: null }),
  'surveys.send': () => ({ instrument: 'nps' }),
  'hsm.update': () => ({ replyQueueId: null }),
  'surveys.update': () => ({ active: false }),
  'customers.update': () => ({ name: 'Outro nome' }),
  'contacts.link': ({ customerId }) => ({ customerId }),
  'queues.update': () => ({ name: 'Outra' }),
  'agents.update': () => ({ active: false }),
  'profiles.update': () => ({ name: 'Outro' }),
  'tags.update': () => ({ name: 'Outra' }),
  'channels.update': () => ({ name: 'Outro' }),
  'agents.pause': () => ({ state: 'offline' }),
};

interface Ids {
  readonly conversationId: string;
  readonly messageId: string;
  readonly customerId: string;
  readonly contactId: string;
  readonly queueId: string;
  readonly agentId: string;
  readonly attachmentId: string;
  readonly number: string;
  readonly surveyId: string;
  readonly templateId: string;
  readonly profileId: string;
  readonly tagId: string;
  readonly deadLetterId: string;
  readonly channelId: string;
  readonly dispatchId: string;
}

const withParams = Object.entries(routes).flatMap(([resource, group]) =>
  Object.entries(group as Record<string, Route>)
    .filter(([, route]) => route.params !== undefined)
    .map(([name, route]) => ({ name: `${resource}.${name}`, route })),
);

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let ours: TestWorkspace;
  let theirs: TestWorkspace;
  let theirIds: Ids;
  let ourIds: Ids;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    ours = await desk.workspace('Nossa');
    theirs = await desk.workspace('Deles');
    theirIds = await fill(desk, theirs);
    // Each workspace counts for itself, so only a second number is one that we do not have.
    await theirs.customerSays('+5583988120042', 'Oi');
    theirIds = { ...theirIds, number: String(Number(theirIds.number) + 1) };
    ourIds = await fill(desk, ours);
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  it('finds nothing of another workspace on any route, and changes nothing there', async () => {
    const callers: [string, Caller][] = [
      ['agent', await ours.agent('ana')],
      ['administrator', await ours.agent('chefe', { role: 'administrator' })],
      ['API key', ours.server],
    ];
    await Promise.all(callers.slice(0, 2).map(([, caller]) => whoAmI(caller)));
    const before = await rowsOf(opened.database, theirs.id);
    expect(withParams.length).toBeGreaterThan(15);
    for (const { name, route } of withParams) {
      const { method, path } = splitPath(route.path);
      for (const [who, caller] of callers) {
        const answer = await caller.call<Problem>(method, fillPath(path, theirIds), bodies[name]?.(theirIds));
        const expected = route.callers.includes(caller === ours.server ? 'api_key' : 'agent') ? 404 : 403;
        expect([name, who, answer.status]).toEqual([name, who, expected]);
        expect(
          Object.values(theirIds).some((id) => JSON.stringify(answer.body).includes(id)),
          name,
        ).toBe(false);
      }
    }
    expect(await rowsOf(opened.database, theirs.id)).toEqual(before);
  });

  it('accepts no id of another workspace inside a body either', async () => {
    const ana = await ours.agent('ana');
    const conversation = `/v1/conversations/${ourIds.conversationId}`;
    await ana.call('POST', `${conversation}/accept`);
    const before = await rowsOf(opened.database, theirs.id);
    const start = (to: object, templateId: string) =>
      ana.call<Problem>('POST', '/v1/conversations', { to, template: { templateId } });
    const dispatch = (change: object) =>
      ours.server.call<Problem>('POST', '/v1/dispatches', {
        name: 'Avisos',
        template: { templateId: ourIds.templateId },
        recipients: [{ to: { phone: '+5583977001234' } }],
        ...change,
      });
    const answers = await Promise.all([
      ana.call<Problem>('POST', `${conversation}/transfer`, { to: { agentId: theirIds.agentId } }),
      ana.call<Problem>('POST', `${conversation}/transfer`, { to: { queueId: theirIds.queueId } }),
      ana.call<Problem>('POST', `${conversation}/messages`, { type: 'image', attachmentId: theirIds.attachmentId }),
      ana.call<Problem>('POST', `/v1/contacts/${ourIds.contactId}/link`, { customerId: theirIds.customerId }),
      ana.call<Problem>('GET', `${conversation}/messages/${theirIds.messageId}`),
      ana.call<Problem>('GET', `${conversation}/messages?around=${theirIds.messageId}`),
      ana.call<Problem>('POST', `${conversation}/surveys`, { surveyId: theirIds.surveyId }),
      ana.call<Problem>('POST', `${conversation}/messages`, { type: 'text', text: 'Oi', replyTo: theirIds.messageId }),
      ours.server.call<Problem>('POST', '/v1/surveys', { instrument: 'nps', name: 'NPS', queueId: theirIds.queueId }),
      ours.server.call<Problem>('PATCH', `/v1/surveys/${ourIds.surveyId}`, { queueId: theirIds.queueId }),
      ana.call<Problem>('POST', `${conversation}/messages`, { type: 'template', templateId: theirIds.templateId }),
      start({ phone: '+5583977001234' }, theirIds.templateId),
      start({ contactId: theirIds.contactId }, ourIds.templateId),
      ours.server.call<Problem>('PATCH', `/v1/hsm/${ourIds.templateId}`, { replyQueueId: theirIds.queueId }),
      ours.server.call<Problem>('POST', '/v1/hsm/sync', { channelId: theirs.channel.id }),
      ana.call<Problem>('POST', `${conversation}/participants`, { agentId: theirIds.agentId }),
      ana.call<Problem>('PUT', `${conversation}/tags`, { tagIds: [theirIds.tagId] }),
      ours.server.call<Problem>('PATCH', `/v1/agents/${ourIds.agentId}`, { profileId: theirIds.profileId }),
      ours.server.call<Problem>('PATCH', `/v1/tags/${ourIds.tagId}`, { queueIds: [theirIds.queueId] }),
      dispatch({ template: { templateId: theirIds.templateId } }),
      dispatch({ recipients: [{ to: { contactId: theirIds.contactId } }] }),
      dispatch({ recipients: [{ to: { customerId: theirIds.customerId } }] }),
      dispatch({ replyQueueId: theirIds.queueId }),
    ]);
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'transfer_target_invalid'],
      [409, 'transfer_target_invalid'],
      [422, 'validation_failed'],
      [404, 'not_found'],
      [404, 'not_found'],
      [404, 'not_found'],
      [422, 'validation_failed'],
      [422, 'validation_failed'],
      [422, 'validation_failed'],
      [422, 'validation_failed'],
      [404, 'not_found'],
      [404, 'not_found'],
      [404, 'not_found'],
      [422, 'validation_failed'],
      [422, 'validation_failed'],
      [409, 'transfer_target_invalid'],
      [422, 'validation_failed'],
      [422, 'validation_failed'],
      [422, 'validation_failed'],
      [404, 'not_found'],
      [422, 'validation_failed'],
      [422, 'validation_failed'],
      [422, 'validation_failed'],
    ]);
    expect(await rowsOf(opened.database, theirs.id)).toEqual(before);
  });

  it('finds a child only under its own parent', async () => {
    await ours.customerSays('+5583988120042', 'Outra conversa');
    const ana = await ours.agent('ana');
    const { body } = await ana.call<Page<{ id: string }>>('GET', '/v1/conversations?tab=all');
    const other = body.data.find(({ id }) => id !== ourIds.conversationId);
    expect((await ana.call('GET', `/v1/conversations/${other?.id}/messages/${ourIds.messageId}`)).status).toBe(404);
    expect(
      (await ana.call('GET', `/v1/conversations/${ourIds.conversationId}/messages/${ourIds.messageId}`)).status,
    ).toBe(200);
  });

  it('lists, searches and counts only what is ours', async () => {
    const ana = await ours.agent('ana');
    for (const workspace of [ours, theirs]) {
      const id = await surveyedCustomer(workspace, await workspace.agent('dono'), '+5583999142210').attended();
      await workspace.server.call('POST', `/v1/conversations/${id}/surveys`, { instrument: 'nps' });
    }
    for (const path of [
      'conversations?tab=all',
      'customers',
      'customers?search=Marina',
      'search/conversations?q=Marina',
      'search/conversations?q=9914-2210',
      'search/conversations?q=Oi',
      'contacts',
      'queues',
      'agents',
      'surveys',
      'hsm',
      'tags',
      'dispatches',
      'survey-responses',
    ]) {
      // Dispatches are not for every agent.
      const reader = path === 'dispatches' ? ours.server : ana;
      const { body } = await reader.call<Page<{ id: string }>>('GET', `/v1/${path}`);
      expect(body.data.length, path).toBeGreaterThan(0);
      expect(
        Object.values(theirIds).some((id) => JSON.stringify(body).includes(id)),
        path,
      ).toBe(false);
    }
    for (const filter of [`surveyId=${theirIds.surveyId}`, `conversationId=${theirIds.conversationId}`]) {
      expect((await ana.call<Page<unknown>>('GET', `/v1/survey-responses?${filter}`)).body.data, filter).toEqual([]);
    }
    expect((await ana.call('GET', '/v1/survey-results?instrument=nps')).body).toMatchObject({ sent: 1 });
    for (const filter of [`contactId=${theirIds.contactId}`, `queueId=${theirIds.queueId}`]) {
      const { body } = await ana.call<Page<{ id: string }>>('GET', `/v1/conversations?${filter}`);
      expect(body.data).toEqual([]);
    }
  });
});

function fillPath(path: string, ids: Ids): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name as keyof Ids]);
}

/** One of everything. */
async function fill(desk: TestDesk, workspace: TestWorkspace): Promise<Ids> {
  await workspace.customerSays('+5583999142210', 'Oi', { name: 'Marina Albuquerque' });
  const agent = await workspace.agent('dono', { name: 'Dono' });
  const conversation = await oldestWaiting(agent);
  const messages = await agent.call<Page<Message>>('GET', `/v1/conversations/${conversation.id}/messages`);
  const customer = await agent.call<Customer>('POST', '/v1/customers', { name: 'Marina Albuquerque' });
  const contacts = await agent.call<Page<Contact>>('GET', '/v1/contacts');
  const upload = await desk.request('/v1/attachments?fileName=foto.png', {
    method: 'POST',
    headers: { authorization: `Bearer ${agent.token}`, 'idempotency-key': crypto.randomUUID() },
    body: pngFile(),
  });
  return {
    conversationId: conversation.id,
    deadLetterId: (await deadLetter(desk, workspace, conversation.id)).id,
    channelId: workspace.channel.id,
    messageId: messages.body.data[0]?.id ?? '',
    customerId: customer.body.id,
    contactId: contacts.body.data[0]?.id ?? '',
    queueId: conversation.queue?.id ?? '',
    agentId: (await whoAmI(agent)).id,
    attachmentId: ((await upload.json()) as { id: string }).id,
    number: conversation.protocol ?? '',
    surveyId: (await createSurvey(workspace, 'nps', { trigger: 'manual' })).id,
    templateId: (await approvedTemplate(desk, workspace)).id,
    dispatchId: (await scheduledDispatch(desk, workspace)).id,
    profileId: (await workspace.server.call<Profile>('POST', '/v1/profiles', { name: 'Leitura', permissions: [] })).body
      .id,
    tagId: (await workspace.server.call<Tag>('POST', '/v1/tags', { name: 'Entrega' })).body.id,
  };
}

async function rowsOf(database: Database, workspaceId: string): Promise<unknown> {
  const tables = [
    'conversations',
    'messages',
    'customers',
    'contacts',
    'queues',
    'agents',
    'attachments',
    'surveys',
    'surveyResponses',
    'messageTemplates',
    'profiles',
    'tags',
    'channels',
    'events',
    'jobs',
    'dispatches',
    'dispatchRecipients',
  ] as const;
  return await Promise.all(
    tables.map((table) => database.read.selectFrom(table).selectAll().where('workspaceId', '=', workspaceId).execute()),
  );
}
