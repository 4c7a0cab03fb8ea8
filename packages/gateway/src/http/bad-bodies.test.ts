import { problemSchema, routes, splitPath, type Conversation, type Route } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type * as z from 'zod/mini';
import type { Schema } from '../store/schema.ts';
import { badBodies, boundlessFields } from '../testbed/bad-bodies.ts';
import { scheduledDispatch } from '../testbed/dispatches.ts';
import { openDesk, whoAmI, type TestDesk } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pngFile } from '../testbed/files.ts';
import { createSurvey, surveyedCustomer } from '../testbed/survey.ts';
import { approvedTemplate } from '../testbed/templates.ts';
import { openWebchat, shopOrigin, type TestWebchat } from '../testbed/visitor.ts';

// Over a thousand requests, one after the other, on a machine that has other work.
vi.setConfig({ testTimeout: 60_000 });

const withBody = Object.entries(routes).flatMap(([resource, group]) =>
  Object.entries(group as Record<string, Route>)
    .filter(([, { body }]) => body !== undefined)
    .map(([name, route]) => ({ name: `${resource}.${name}`, route })),
);

/** Those with a file as their body have limits of their own; those that follow events make the caller present. */
const withQuery = Object.entries(routes).flatMap(([resource, group]) =>
  Object.entries(group as Record<string, Route>)
    .filter(([, { query, stream, poll, binary }]) => query !== undefined && !stream && !poll && !binary)
    .map(([name, route]) => ({ name: `${resource}.${name}`, route })),
);
const neededQuery: Readonly<Record<string, Record<string, string>>> = {
  'search.conversations': { q: 'Marina' },
  'surveys.results': { instrument: 'nps' },
};

type Ids = Readonly<Record<string, string>>;

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

const number = {
  businessAccountId: '10800000000001',
  accessToken: 'EAAB-um-token-de-teste',
  appSecrets: ['um-segredo-de-teste-do-app'],
  verifyToken: 'verifique-por-favor',
};
const numberSettings = {
  name: 'Vendas',
  bot: true,
  readReceipts: 'on_reply',
  messagesPerSecond: 80,
  graphVersion: 'v25.0',
};

/** Bodies that are right, as full as they can be: one for each form that the schema knows. */
const validBodies: Readonly<Record<string, (ids: Ids) => readonly unknown[]>> = {
  'conversations.transfer': ({ agentId, queueId }) => [
    { to: { agentId }, reason: 'Motivo' },
    { to: { queueId }, reason: null },
  ],
  'conversations.close': (ids) => [{ outcome: 'resolved', ...record(ids) }],
  'conversations.save': (ids) => [{ outcome: 'resolved', ...record(ids) }],
  'conversations.start': ({ templateId, contactId }) => [
    { to: { phone: '+5583977001234', name: 'Caio' }, template: { templateId, variables: { 'body.1': 'Caio' } } },
    { to: { contactId }, template: { templateId, variables: {} } },
  ],
  'conversations.typing': () => [{ typing: true }],
  'conversations.viewing': () => [{ viewing: true }],
  'conversations.invite': ({ agentId }) => [{ agentId }],
  'conversations.discard': () => [{ reason: 'Engano' }],
  'conversations.handOver': ({ queueId }) => [{ queueId }],
  'conversations.convert': ({ queueId, agentId }) => [{ queueId }, { agentId }],
  'conversations.setTags': ({ tagId }) => [{ tagIds: [tagId] }],
  'messages.send': ({ attachmentId, templateId }) => [
    { type: 'text', text: 'Oi', clientId: 'cliente-1' },
    ...['image', 'document', 'video'].map((type) => ({ type, attachmentId, caption: 'Veja', clientId: 'cliente-1' })),
    { type: 'audio', attachmentId, clientId: 'cliente-1' },
    { type: 'sticker', attachmentId, clientId: 'cliente-1' },
    { type: 'location', latitude: -7.1, longitude: -34.8, name: 'Loja', address: 'Rua A, 10', clientId: 'cliente-1' },
    { type: 'contacts', contacts: [contactCard], clientId: 'cliente-1' },
    { type: 'interactive', interactive: question, clientId: 'cliente-1' },
    { type: 'template', templateId, variables: { 'body.1': 'Caio' }, clientId: 'cliente-1' },
  ],
  'messages.react': () => [{ emoji: '👍' }],
  'customers.create': () => [{ name: 'Marina', ...customer }],
  'customers.update': () => [{ name: 'Marina', ...customer }],
  'contacts.link': ({ customerId }) => [{ customerId }],
  'queues.create': ({ agentId }) => [queue(agentId)],
  'queues.update': ({ agentId }) => [queue(agentId)],
  'agents.presence': () => [{ state: 'paused', pauseReason: 'Almoço' }],
  'agents.pause': () => [{ state: 'paused', pauseReason: 'Almoço' }],
  'agents.update': ({ profileId }) => [{ active: true, profileId, maxConcurrent: 3 }],
  'profiles.create': () => [{ name: 'Leitura', permissions: ['customers.view'] }],
  'profiles.update': () => [{ name: 'Leitura', permissions: ['customers.view'] }],
  'tags.create': ({ queueId }) => [{ name: 'Entrega', queueIds: [queueId] }],
  'tags.update': ({ queueId }) => [{ name: 'Entrega', queueIds: [queueId] }],
  'channels.create': ({ queueId }) => [{ ...number, phoneNumberId: '10900000009001', ...numberSettings, queueId }],
  'channels.update': ({ queueId }) => [{ ...number, ...numberSettings, queueId }],
  'settings.update': () => [
    {
      timeZone: 'America/Bahia',
      maxConcurrent: 3,
      origins: { whatsapp: origin, webchat: origin },
      protocolFormat: '{AAAA}{MM}{DD}{000000}',
      protocolNotice: true,
      retentionDays: 365,
      identification: 'ask',
      awaitingReplyMinutes: 60,
      pauseReasons: ['Almoço'],
      disconnectGraceSeconds: 60,
    },
  ],
  'hsm.create': ({ queueId, channelId }) => [
    { name: 'pedido', category: 'UTILITY', language: 'pt_BR', components, channelId, replyQueueId: queueId },
  ],
  'hsm.update': ({ queueId }) => [{ category: 'UTILITY', components, replyQueueId: queueId }],
  'hsm.sync': ({ channelId }) => [{ channelId }],
  'dispatches.create': ({ templateId, queueId, contactId, customerId }) => [
    {
      name: 'Avisos',
      template: { templateId, variables: { 'body.1': 'Olá' } },
      recipients: [
        {
          to: { phone: '+5583977001234', name: 'Marina' },
          variables: { 'body.2': 'sexta' },
          document: { kind: 'cpf', value: '52998224725' },
        },
      ],
      scheduledAt: '2040-01-01T12:00:00.000Z',
      replyQueueId: queueId,
      awaitingReplyMinutes: 60,
    },
    { name: 'Avisos', template: { templateId }, recipients: [{ to: { contactId } }] },
    { name: 'Avisos', template: { templateId }, recipients: [{ to: { customerId } }] },
  ],
  'surveys.create': ({ queueId }) => [{ instrument: 'nps', ...survey, queueId }],
  'surveys.update': ({ queueId }) => [{ ...survey, queueId }],
  'surveys.send': ({ surveyId }) => [{ surveyId }, { instrument: 'nps' }],
  'webchat.startSession': ({ webchatKey }) => [{ key: webchatKey, identity: null, anonymousToken: null }],
  'webchat.start': ({ fileId }) => [
    {
      name: 'Marina',
      email: 'marina@exemplo.test',
      subject: 'Pedido',
      pageUrl: 'https://loja.test/pedido',
      message: { type: 'text', text: 'Oi', clientId: 'cliente-1' },
    },
    { message: { type: 'image', attachmentId: fileId, caption: 'Veja', clientId: 'cliente-1' } },
  ],
  'webchat.send': ({ fileId }) => [
    { type: 'text', text: 'Oi', clientId: 'cliente-1' },
    ...['image', 'document', 'video'].map((type) => ({ type, attachmentId: fileId, caption: 'Veja' })),
    { type: 'audio', attachmentId: fileId },
  ],
  'webchat.receipts': () => [{ position: 1, status: 'read' }],
  'webchat.typing': () => [{ typing: true }],
  'webchat.answerSurvey': () => [{ score: 9, comment: 'Bom' }],
};

function record({ tagId }: Ids) {
  return { subject: 'Pedido', category: 'Entrega', notes: 'Combinado', tagIds: [tagId] };
}
const customer = {
  document: { kind: 'cpf', value: '52998224725' },
  email: 'marina@exemplo.test',
  phone: '+5583999142210',
  address: 'Rua das Flores, 10',
  notes: 'Prefere à tarde',
  externalId: 'erp-42',
};
const queue = (agentId: string | undefined) => ({
  name: 'Vendas',
  routing: 'offer',
  offerSeconds: 30,
  maxConcurrent: 3,
  prefer: 'last_agent',
  pendingFreesSlot: true,
  closePolicy: 'form',
  requiredFields: ['subject'],
  reopenWithinMinutes: 60,
  inactivityMinutes: { whatsapp: 60, webchat: 5 },
  queueTimeoutMinutes: 60,
  expireUnanswered: true,
  messages: { queued: 'Olá', started: 'Olá', transferred: 'Olá', ended: 'Até logo', unavailable: 'Voltamos amanhã' },
  hours: [{ day: 1, from: '08:00', to: '18:00' }],
  holidays: ['2026-12-25'],
  outOfHours: 'triage',
  agentIds: [agentId],
});
const origin = {
  transferToAgent: true,
  transferToQueue: true,
  transferNeedsAccept: true,
  invite: true,
  maxConcurrent: 3,
};
const contactCard = {
  name: 'Lia Prado',
  organization: 'Cacau',
  phones: [{ phone: '+55 83 9 8812-0042', kind: 'WORK' }],
  emails: ['lia@exemplo.test'],
};
const question = {
  kind: 'list',
  header: 'Envio',
  text: 'Como prefere?',
  footer: 'Cacau',
  label: 'Escolher',
  sections: [{ title: 'Correios', rows: [{ id: 'pac', title: 'PAC', description: '5 dias' }] }],
};
const components = [
  { type: 'BODY', text: 'Olá, {{1}}', examples: ['Caio'] },
  { type: 'HEADER', format: 'TEXT', text: 'Pedido', examples: [] },
  { type: 'FOOTER', text: 'Loja' },
  { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Sim' }] },
];
const survey = {
  name: 'NPS',
  question: 'Quanto nos recomenda?',
  thanks: 'Agradecemos',
  trigger: 'manual',
  origins: ['whatsapp'],
  expiresInSeconds: 3600,
  active: true,
};

it('has a body to make bad ones of for every route that takes one, and each is right', () => {
  expect(Object.keys(validBodies).sort()).toEqual(withBody.map(({ name }) => name).sort());
  const id = '0'.repeat(26);
  const ids = Object.fromEntries(
    Object.entries({
      agent: 'agt',
      queue: 'que',
      tag: 'tag',
      template: 'hsm',
      contact: 'ctt',
      customer: 'cus',
      profile: 'prf',
      channel: 'chn',
      survey: 'srv',
      attachment: 'att',
      file: 'att',
    }).map(([name, prefix]) => [`${name}Id`, `${prefix}_${id}`]),
  );
  for (const { name, route } of withBody)
    for (const body of validBodies[name]?.({ ...ids, webchatKey: `wck_${'0'.repeat(24)}` }) ?? []) {
      expect([name, body, route.body?.safeParse(body).error?.issues]).toEqual([name, body, undefined]);
    }
});

it('takes no text and no list without saying how long it may be', () => {
  const boundless = withBody.flatMap(({ name, route }) =>
    route.body ? boundlessFields(route.body).map((path) => `${name} ${path}`) : [],
  );
  expect(boundless).toEqual([]);
});

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let webchat: TestWebchat;
  let ids: Ids;
  let tokens: Readonly<Record<string, string>>;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    const workspace = await desk.workspace('Cacau');
    const chefe = await workspace.agent('chefe', { role: 'administrator' });
    webchat = await openWebchat(desk, workspace);
    const visitor = await webchat.visitor();
    tokens = { agent: chefe.token, api_key: workspace.server.token, visitor: visitor.session.token };
    const conversationId = await surveyedCustomer(workspace, chefe, '+5583999142210').attended();
    const { body: conversation } = await chefe.call<Conversation>('GET', `/v1/conversations/${conversationId}`);
    const upload = await desk.request('/v1/attachments?fileName=foto.png', {
      method: 'POST',
      headers: { authorization: `Bearer ${chefe.token}`, 'idempotency-key': crypto.randomUUID() },
      body: pngFile(),
    });
    const made = async (path: string, body: object) =>
      (await workspace.server.call<{ id: string }>('POST', `/v1/${path}`, body)).body.id;
    ids = {
      conversationId,
      visitorConversationId: (await visitor.says('Oi')).id,
      contactId: conversation.contact.id,
      channelId: conversation.channelId,
      messageId: await newestMessage(conversationId),
      number: conversation.protocol ?? '',
      queueId: conversation.queue?.id ?? '',
      agentId: (await whoAmI(chefe)).id,
      attachmentId: ((await upload.json()) as { id: string }).id,
      fileId: (await visitor.upload(pngFile(), 'foto.png')).body.id,
      customerId: await made('customers', { name: 'Marina' }),
      profileId: await made('profiles', { name: 'Leitor', permissions: [] }),
      tagId: await made('tags', { name: 'Troca' }),
      surveyId: (await createSurvey(workspace, 'nps', { trigger: 'manual' })).id,
      templateId: (await approvedTemplate(desk, workspace)).id,
      dispatchId: (await scheduledDispatch(desk, workspace)).id,
      webchatKey: webchat.channel.key,
    };
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  async function newestMessage(conversationId: string): Promise<string> {
    const { id } = await opened.database.read
      .selectFrom('messages')
      .select('id')
      .where('conversationId', '=', conversationId)
      .where('direction', '=', 'inbound')
      .executeTakeFirstOrThrow();
    return id;
  }

  /** Calls the route as the first of those who may. */
  async function call({ callers, path: pattern }: Route, body: BodyInit | null, type: string | null): Promise<Answer> {
    const { method, path } = splitPath(pattern);
    const [caller = ''] = callers;
    const isWebsite = caller === 'visitor' || caller === 'public';
    const address = path.replace(/\{(\w+)\}/g, (_, id: string) => {
      const name = caller === 'visitor' && id === 'conversationId' ? 'visitorConversationId' : id;
      return ids[name] ?? '';
    });
    const response = await desk.request(address, {
      method,
      body,
      headers: {
        'idempotency-key': crypto.randomUUID(),
        ...(type !== null && { 'content-type': type }),
        ...(caller !== 'public' && { authorization: `Bearer ${tokens[caller]}` }),
        ...(isWebsite && { origin: shopOrigin }),
      },
    });
    const text = await response.text();
    return { status: response.status, type: response.headers.get('content-type'), text };
  }

  /** Why the answer is no good refusal; `null`: it is one. */
  function complaint({ status, type, text }: Answer, codes: readonly string[], path: string | null): string | null {
    if (type !== 'application/problem+json') return `${status} ${text}`;
    const problem = problemSchema.parse(JSON.parse(text));
    if (!codes.includes(problem.code)) return `${problem.code}: ${text}`;
    if (path === null || problem.errors?.some((error) => error.path === path)) return null;
    return `names ${problem.errors?.map((error) => error.path).join(', ')} and not ${path}`;
  }

  /** Everything that is kept: rows, versions, the log of events. */
  async function everything(): Promise<Record<string, string[]>> {
    const { read } = opened.database;
    const names = (await read.introspection.getTables()).map(({ name }) => name as keyof Schema).sort();
    const rows = await Promise.all(names.map((name) => read.selectFrom(name).selectAll().execute()));
    return Object.fromEntries(
      names.map((name, index) => [name, (rows[index] ?? []).map((row) => JSON.stringify(row)).sort()]),
    );
  }

  it('refuses every body that is not as the contract says, names the field, and changes nothing', async () => {
    const before = await everything();
    expect(before['conversations']?.length).toBe(2);
    const complaints: string[] = [];
    let tried = 0;
    for (const { name, route } of withBody) {
      const schema = route.body as z.ZodMiniType;
      for (const valid of validBodies[name]?.(ids) ?? []) {
        for (const { what, body, path } of badBodies(schema, valid)) {
          const answer = await call(route, JSON.stringify(body), 'application/json');
          const why = complaint(answer, ['validation_failed'], path);
          if (why !== null) complaints.push(`${name} with ${what} in ${path}: ${why}`);
          tried += 1;
        }
      }
    }
    expect(await everything()).toEqual(before);
    expect(complaints).toEqual([]);
    expect(tried).toBeGreaterThan(1000);
  });

  it('refuses what is no JSON, says that it is JSON and is not, or is none', async () => {
    const before = await everything();
    const complaints: string[] = [];
    for (const { name, route } of withBody) {
      const valid = JSON.stringify(validBodies[name]?.(ids)[0]);
      const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
      const attempts: [string, BodyInit | null, string | null, string][] = [
        ['half of it', valid.slice(0, -1), 'application/json', 'malformed_json'],
        ['more than it', `${valid}{}`, 'application/json', 'malformed_json'],
        ['a NUL after it', `${valid}\u0000`, 'application/json', 'malformed_json'],
        ['bytes that are no text', new Uint8Array([0x7b, 0xff, 0x7d]), 'application/json', 'malformed_json'],
        ['NaN', '{"score":NaN}', 'application/json', 'malformed_json'],
        ['words', 'nome=Marina', 'application/json', 'malformed_json'],
        ['the name of text', valid, 'text/plain', 'malformed_json'],
        ['the name of a form', valid, 'application/x-www-form-urlencoded', 'malformed_json'],
        ['the name of JavaScript', valid, 'application/jsonp', 'malformed_json'],
        ['a form', new URLSearchParams({ name: 'Marina' }), null, 'malformed_json'],
        ['too much', ' '.repeat((route.maxBytes ?? 0) + 300_000), 'application/json', 'payload_too_large'],
        ['nothing', null, 'application/json', 'validation_failed'],
        ['a blank', ' ', 'application/json', 'malformed_json'],
        ['lists in lists', deep, 'application/json', 'validation_failed'],
        ['a prototype', '{"__proto__":{"name":"Marina"}}', 'application/json', 'validation_failed'],
        ['a constructor', '{"constructor":1}', 'application/json', 'validation_failed'],
      ];
      for (const [what, body, type, code] of attempts) {
        const why = complaint(await call(route, body, type), [code], null);
        if (why !== null) complaints.push(`${name} with ${what}: ${why}`);
      }
    }
    expect(await everything()).toEqual(before);
    expect(complaints).toEqual([]);
  });

  it('refuses ids of nothing wherever a body names something, and changes nothing', async () => {
    const before = await everything();
    const complaints: string[] = [];
    let tried = 0;
    for (const { name, route } of withBody) {
      for (const valid of validBodies[name]?.(ids) ?? []) {
        const text = JSON.stringify(valid);
        for (const id of new Set(text.match(/\b[a-z]{3}_[0-9a-z]{26}\b/g))) {
          const body = text.replaceAll(id, `${id.slice(0, 4)}${'0'.repeat(26)}`);
          const why = complaint(
            await call(route, body, 'application/json'),
            ['validation_failed', 'not_found', 'transfer_target_invalid', 'tag_not_allowed', 'transition_not_allowed'],
            null,
          );
          if (why !== null) complaints.push(`${name} with ${body}: ${why}`);
          tried += 1;
        }
      }
    }
    expect(await everything()).toEqual(before);
    expect(complaints).toEqual([]);
    expect(tried).toBeGreaterThan(20);
  });

  it('answers every nonsense in an address with a refusal or with nothing found, never with a failure', async () => {
    const before = await everything();
    const complaints: string[] = [];
    for (const { name, route } of withQuery) {
      const { method, path } = splitPath(route.path);
      for (const field of Object.keys(route.query?.shape ?? {})) {
        for (const value of [
          'a\u0000b',
          '\u001b',
          'x'.repeat(3000),
          '-1',
          '1e999',
          '9'.repeat(30),
          '%',
          '_',
          "'",
          '',
        ]) {
          const query = new URLSearchParams({ ...neededQuery[name], [field]: value });
          const answer = await call({ ...route, path: `${method} ${path}?${query}` }, null, null);
          const why = answer.status === 200 ? null : complaint(answer, ['validation_failed', 'cursor_invalid'], null);
          if (why !== null) complaints.push(`${name} with ${field}=${value.slice(0, 20)}: ${why}`);
        }
      }
    }
    expect(complaints).toEqual([]);
    expect(await everything()).toEqual(before);
  });
});
