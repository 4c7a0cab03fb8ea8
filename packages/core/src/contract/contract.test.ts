import { describe, expect, it } from 'vitest';
import {
  agentOf,
  contactOf,
  conversationOf,
  customerOf,
  dispatchOf,
  messageOf,
  profileOf,
  queueOf,
  settingsOf,
  surveyResponseOf,
  tagOf,
  templateOf,
  timeOf,
} from '../testing/samples.ts';
import {
  byeSchema,
  commandErrors,
  commonErrors,
  errorCodes,
  eventSchemas,
  helloSchema,
  isCommand,
  openApiDocument,
  paths,
  problemSchema,
  routes,
  splitPath,
  type EventData,
  type EventType,
  type Route,
} from './index.ts';

const entries = Object.entries(paths).flatMap(([resource, group]) =>
  Object.entries(group).map(([name, path]) => ({ name: `${resource}.${name}`, resource, path, key: name })),
);
const routeOf = (resource: string, key: string) => (routes as Record<string, Record<string, Route>>)[resource]?.[key];

describe('paths', () => {
  it('are used once each', () => {
    expect(new Set(entries.map(({ path }) => path)).size).toBe(entries.length);
  });

  it.each(entries)('$name is a route with the same path', ({ resource, key, path }) => {
    expect(routeOf(resource, key)?.path).toBe(path);
  });

  it('are those of the routes, no fewer', () => {
    const named = Object.entries(routes).flatMap(([resource, group]) =>
      Object.keys(group).map((key) => `${resource}.${key}`),
    );
    expect(named.sort()).toEqual(entries.map(({ name }) => name).sort());
  });

  it.each(entries)('$name has the parameters of its path', ({ resource, key, path }) => {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(routeOf(resource, key)?.params?.shape ?? {}).sort()).toEqual(names.sort());
  });

  it('take apart into method and address', () => {
    expect(splitPath('GET /v1/agents/me')).toEqual({ method: 'GET', path: '/v1/agents/me' });
  });
});

describe('errors', () => {
  it('that a route can answer are documented', () => {
    for (const group of Object.values(routes)) {
      for (const { errors } of Object.values(group) as Route[]) {
        for (const code of errors) expect(errorCodes).toHaveProperty(code);
      }
    }
    for (const code of [...commonErrors, ...commandErrors]) expect(errorCodes).toHaveProperty(code);
  });

  it.each(Object.entries(errorCodes))('%s has a status and a title', (code, { status, title }) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
  });

  it('that change something include those of commands', () => {
    for (const { resource, key } of entries) {
      const definition = routeOf(resource, key);
      const errors = definition?.errors ?? [];
      if (definition && isCommand(definition)) for (const code of commandErrors) expect(errors).toContain(code);
    }
  });

  it('come as a problem document', () => {
    const problem = { type: 'x', title: 'x', status: 409, code: 'conversation_taken', requestId: 'r', owner: null };
    expect(problemSchema.safeParse(problem).success).toBe(true);
    expect(problemSchema.safeParse({ ...problem, code: 'made_up' }).success).toBe(false);
  });
});

describe('the OpenAPI document', () => {
  const document = openApiDocument({ version: '1.2.3', serverUrl: 'https://chat.prosa.example' }) as {
    openapi: string;
    info: Record<string, string>;
    paths: Record<
      string,
      Record<
        string,
        { operationId: string; parameters?: { in: string; name: string; required: boolean }[]; responses: object }
      >
    >;
  };
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.values(item).map((operation) => ({ path, operation })),
  );

  it('has every route, by its name', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info['version']).toBe('1.2.3');
    expect(operations.map(({ operation }) => operation.operationId).sort()).toEqual(
      entries.map(({ name }) => name).sort(),
    );
  });

  it('names each parameter of a path, and the key of what changes something', () => {
    for (const { path, operation } of operations) {
      const [resource = '', key = ''] = operation.operationId.split('.');
      const definition = routeOf(resource, key);
      const parameters = operation.parameters ?? [];
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(inPath.sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort());
      expect(parameters.some(({ name }) => name === 'Idempotency-Key')).toBe(definition && isCommand(definition));
      expect(operation.responses).toHaveProperty(definition?.signal ? '204' : '200');
      expect(operation.responses).toHaveProperty('401');
    }
  });

  it('is data', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});

describe('events', () => {
  const conversation = conversationOf(1);
  const message = messageOf(1);
  const contact = contactOf();
  const customer = customerOf();
  const agent = agentOf();
  const queue = queueOf();
  const tag = tagOf();
  const template = templateOf();
  const dispatch = dispatchOf();
  const response = surveyResponseOf();
  const channel: EventData['channel.updated']['channel'] = {
    id: `chn_${'0'.repeat(26)}`,
    kind: 'whatsapp',
    name: 'Vendas',
    phoneNumberId: '10900000007001',
    businessAccountId: '10800000007000',
    appId: null,
    displayPhoneNumber: '+55 83 3000-1000',
    queueId: null,
    bot: false,
    readReceipts: 'on_open',
    messagesPerSecond: 80,
    graphVersion: 'v25.0',
    accessToken: { last4: '1111' },
    appSecrets: [{ last4: '2222' }],
    verifyToken: { last4: null },
    health: {
      status: 'healthy',
      paused: false,
      quality: 'high',
      messagingLimit: 2000,
      name: null,
      restrictions: [{ type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', until: null }],
      alert: null,
      lastWebhookAt: '2026-11-20T12:00:00.000Z',
      lastError: null,
    },
    createdAt: '2026-11-20T12:00:00.000Z',
    version: 1,
  };
  const samples: EventData = {
    'conversation.created': { conversation },
    'conversation.queued': { conversation },
    'conversation.assigned': { conversation },
    'conversation.transferred': { conversation },
    'conversation.ended': { conversation },
    'conversation.closed': { conversation },
    'conversation.read': { conversation },
    'conversation.updated': { conversation },
    'conversation.removed': { conversationId: conversation.id, version: 2 },
    'offer.created': { conversation },
    'offer.accepted': { conversation },
    'offer.declined': { conversation },
    'offer.timed_out': { conversation },
    'conversation.requeued': { conversation },
    'conversation.pending': { conversation },
    'conversation.resumed': { conversation },
    'conversation.reopened': { conversation },
    'conversation.expired': { conversation },
    'triage.created': { conversation },
    'triage.converted': { conversation },
    'bot.handover': { conversation },
    'participant.invited': { conversation },
    'participant.joined': { conversation },
    'participant.declined': { conversation },
    'participant.left': { conversation },
    'tag.created': { tag },
    'tag.updated': { tag },
    'tag.deleted': { tag },
    'channel.created': { channel },
    'channel.updated': { channel },
    'channel.deleted': { channel },
    'profile.updated': { profile: profileOf() },
    'settings.updated': { settings: settingsOf() },
    'protocol.assigned': { conversation, number: '20261120000042' },
    'message.created': { message, conversation },
    'message.status': { message, conversation },
    'message.updated': { message, conversation },
    'customer.created': { customer },
    'customer.updated': { customer },
    'customer.linked': { contact, customer },
    'customer.unlinked': { contact },
    'contact.updated': { contact },
    'agent.created': { agent },
    'agent.updated': { agent },
    'queue.created': { queue },
    'queue.updated': { queue },
    'template.created': { template },
    'template.updated': { template },
    'template.deleted': { template },
    'dispatch.created': { dispatch },
    'dispatch.updated': { dispatch },
    'survey.sent': { response, conversation },
    'survey.answered': { response, conversation },
  };

  it.each(Object.keys(eventSchemas) as EventType[])('%s is read', (type) => {
    expect(eventSchemas[type].parse(samples[type])).toEqual(samples[type]);
    expect(eventSchemas[type].safeParse({}).success).toBe(false);
  });

  it('come between the frames of a stream', () => {
    const hello = { cursor: 'c', resumed: false, heartbeatSeconds: 20, reconnectWindowMs: 2000, serverTime: timeOf(0) };
    expect(helloSchema.safeParse(hello).success).toBe(true);
    expect(byeSchema.safeParse({ reason: 'shutdown', reconnectWindowMs: 2000 }).success).toBe(true);
  });
});
