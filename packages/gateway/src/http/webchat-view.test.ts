import { routes, splitPath, type Conversation, type Page, type Problem, type Route } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pngFile } from '../testbed/files.ts';
import { readStream } from '../testbed/read-stream.ts';
import { openWebchat, type TestVisitor, type TestWebchat } from '../testbed/visitor.ts';

/**
 * Every field that a visitor is ever shown, written down. A new one belongs here only when it is meant for the eyes of
 * a stranger: no note, tag, reason, outcome, customer, queue, or id of an agent does.
 */
const survey = ['expiresAt', 'instrument', 'max', 'min', 'question', 'score', 'thanks'].map((key) => `survey.${key}`);
const conversation = [
  'agentName',
  'createdAt',
  'endedAt',
  'id',
  'protocol',
  'readPosition',
  'status',
  'subject',
  'survey',
  ...survey,
  'unreadCount',
  'version',
];
const attachment = ['createdAt', 'fileName', 'id', 'kind', 'mimeType', 'size', 'status', 'version'];
const message = [
  'author',
  'author.kind',
  'author.name',
  'clientId',
  'content',
  'content.agentName',
  'content.attachment',
  ...within('content.attachment', attachment),
  'content.caption',
  'content.notice',
  'content.text',
  'content.type',
  'conversationId',
  'createdAt',
  'id',
  'position',
  'version',
];
const visitorFields = ['email', 'id', 'name', 'verified'];

const allowed: Readonly<Record<string, readonly string[]>> = {
  'webchat.config': [
    'accent',
    'form',
    'form.email',
    'form.name',
    'form.subjects',
    'greeting',
    'maxFileBytes',
    'position',
    'subtitle',
    'title',
  ],
  'webchat.startSession': ['expiresAt', 'token', 'visitor', ...within('visitor', visitorFields)],
  'webchat.session': [
    'conversation',
    ...within('conversation', conversation),
    'visitor',
    ...within('visitor', visitorFields),
  ],
  'webchat.endSession': ['ended'],
  'webchat.conversations': ['data', ...within('data', conversation), 'nextCursor'],
  'webchat.start': conversation,
  'webchat.conversation': conversation,
  'webchat.close': conversation,
  'webchat.position': ['estimatedWaitSeconds', 'position'],
  'webchat.messages': ['data', ...within('data', message), 'nextCursor'],
  'webchat.send': message,
  'webchat.receipts': conversation,
  'webchat.typing': [],
  'webchat.answerSurvey': conversation,
  'webchat.upload': attachment,
  'webchat.attachmentUrl': ['expiresAt', 'url'],
};
const allowedFrames: Readonly<Record<string, readonly string[]>> = {
  hello: ['cursor', 'heartbeatSeconds', 'reconnectWindowMs', 'resumed', 'serverTime'],
  'event conversation.updated': frameOf(['conversation', ...within('conversation', conversation)]),
  'event message.created': frameOf([
    'conversation',
    ...within('conversation', conversation),
    'message',
    ...within('message', message),
  ]),
  'event message.updated': frameOf([
    'conversation',
    ...within('conversation', conversation),
    'message',
    ...within('message', message),
  ]),
  'signal typing.changed': [
    'data',
    ...within('data', ['author', 'author.kind', 'author.name', 'conversationId', 'expiresInMs', 'typing']),
    'type',
  ],
  skip: ['cursor'],
};

const allowedPage = [
  'cursor',
  'frames',
  ...within('frames', ['event', 'id', 'data', ...within('data', Object.values(allowedFrames).flat())]),
];

function within(name: string, fields: readonly string[]): string[] {
  return fields.map((field) => `${name}.${field}`);
}
function frameOf(data: readonly string[]): string[] {
  return ['cursor', 'data', ...within('data', data), 'occurredAt', 'type'];
}

/** Where there is something in the value: the keys of objects, and of what is in lists as if it stood there itself. */
function fieldsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsOf(item, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [path + key, ...fieldsOf(inner, `${path + key}.`)]);
}

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let webchat: TestWebchat;
  let visitor: TestVisitor;
  let ana: Caller;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    webchat = await openWebchat(desk, workspace);
    visitor = await webchat.visitor();
    ana = await workspace.agent('ana', { name: 'Ana Prado', role: 'supervisor' });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  it('is exactly these fields, in every answer and every event of a service with all that a desk does', async () => {
    const seen = new Map<string, Set<string>>();
    const note = (where: string, value: unknown) => {
      const fields = seen.get(where) ?? new Set();
      for (const field of fieldsOf(value)) fields.add(field);
      seen.set(where, fields);
    };
    const call = async (name: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
      const { method } = splitPath((routes.webchat as Record<string, Route>)[name]?.path ?? '');
      const answer = await visitor.call<Record<string, unknown>>(method, path, body);
      expect([name, answer.status < 300]).toEqual([name, true]);
      note(`webchat.${name}`, answer.body);
      return answer.body ?? {};
    };

    const { body: session } = await webchat.startSession({
      identity: await webchat.identity('u-77', { name: 'Marina', email: 'marina@exemplo.test' }),
    });
    note('webchat.startSession', session);
    const config = await desk.request(`/v1/webchat/config?key=${webchat.channel.key}`);
    note('webchat.config', await config.json());
    await workspace.server.call('POST', '/v1/surveys', { instrument: 'csat', name: 'CSAT' });

    const { id } = (await call('start', '/conversations', {
      name: 'Marina',
      subject: 'Pedido',
      message: { type: 'text', text: 'Oi' },
    })) as { id: string };
    const stream = await readStream(
      await desk.request('/v1/webchat/events', { headers: { authorization: `Bearer ${visitor.session.token}` } }),
    );
    await call('position', `/conversations/${id}/position`);
    const { body: file } = await visitor.upload(pngFile(), 'foto.png');
    note('webchat.upload', file);
    await call('send', `/conversations/${id}/messages`, {
      type: 'image',
      attachmentId: file.id,
      caption: 'Veja',
      clientId: 'cliente-1',
    });
    await call('send', `/conversations/${id}/messages`, { type: 'text', text: 'Viu?' });
    await call('attachmentUrl', `/attachments/${file.id}/url`);
    await call('typing', `/conversations/${id}/typing`, { typing: true });

    const { cursor } = await call('poll', '/events/poll');
    await deskWorks(id);
    await call('poll', `/events/poll?waitSeconds=0&cursor=${String(cursor)}`);
    await call('receipts', `/conversations/${id}/receipts`, { position: 1, status: 'read' });
    const signals = () => stream.frames.filter(({ name }) => name === 'signal').length;
    await ana.call('POST', `/v1/conversations/${id}/viewing`, { viewing: true });
    await ana.call('POST', `/v1/conversations/${id}/typing`, { typing: true });
    while (signals() === 0) await stream.until(stream.frames.length + 1);
    await call('close', `/conversations/${id}/close`);
    await call('conversation', `/conversations/${id}`);
    await call('answerSurvey', `/conversations/${id}/survey`, { score: 5, comment: 'Ótimo' });
    await call('session', '/session');
    await call('conversations', '/conversations?limit=1');
    await call('messages', `/conversations/${id}/messages`);
    const { id: next } = await visitor.says('De novo');
    while (!JSON.stringify(stream.frames).includes(next)) await stream.until(stream.frames.length + 1);
    await stream.stop();
    await call('endSession', '/session');

    for (const { name, data } of stream.frames) note(data.type === undefined ? name : `${name} ${data.type}`, data);
    const answers = Object.keys(routes.webchat)
      .filter((name) => name !== 'events' && name !== 'poll')
      .map((name) => `webchat.${name}`);
    expect(Object.keys(allowed).sort()).toEqual(answers.sort());
    for (const [where, fields] of seen) {
      const list = allowed[where] ?? allowedFrames[where] ?? (where === 'webchat.poll' ? allowedPage : []);
      expect([where, [...fields].filter((field) => !list.includes(field))]).toEqual([where, []]);
    }
    for (const where of [
      ...Object.keys(allowed),
      'webchat.poll',
      'event conversation.updated',
      'event message.created',
      'signal typing.changed',
    ])
      expect([where, seen.has(where)]).toEqual([where, true]);
    // What is allowed is also there: the list is no wish.
    for (const where of [
      'webchat.messages',
      'webchat.session',
      'webchat.answerSurvey',
      'webchat.config',
      'event message.created',
    ])
      expect([where, [...(seen.get(where) ?? [])].sort()]).toEqual([
        where,
        [...new Set([...(allowed[where] ?? allowedFrames[where] ?? [])])].sort(),
      ]);
  });

  /** What goes on around a conversation that its visitor must not see. */
  async function deskWorks(id: string): Promise<void> {
    const path = `/v1/conversations/${id}`;
    const ok = async (caller: Caller, method: string, at: string, body?: object) => {
      const answer = await caller.call<Problem & { id: string }>(method, at, body);
      expect([at, answer.body.code]).toEqual([at, undefined]);
      return answer.body;
    };
    const bruno = await workspace.agent('bruno', { name: 'Bruno Lima' });
    const { id: brunoId } = await whoAmI(bruno);
    await ok(ana, 'POST', `${path}/accept`);
    const { id: customerId } = await ok(ana, 'POST', '/v1/customers', { name: 'Ficha', notes: 'Anotação' });
    const { body: seen } = await ana.call<Conversation>('GET', path);
    await ok(ana, 'POST', `/v1/contacts/${seen.contact.id}/link`, { customerId });
    const { id: tagId } = await ok(workspace.server, 'POST', '/v1/tags', { name: 'Reclamação' });
    await ok(ana, 'PUT', `${path}/tags`, { tagIds: [tagId] });
    await ok(ana, 'POST', `${path}/participants`, { agentId: brunoId });
    await ok(bruno, 'POST', `${path}/participants/join`);
    await ok(ana, 'POST', `${path}/messages`, { type: 'text', text: 'Olá' });
    await ok(workspace.server, 'POST', `${path}/messages`, { type: 'text', text: 'Do servidor' });
    await ok(ana, 'POST', `${path}/park`);
    await ok(ana, 'POST', `${path}/resume`);
    const { body: thread } = await ana.call<Page<{ content: { type: string } }>>('GET', `${path}/messages?limit=100`);
    expect(thread.data.filter(({ content }) => content.type === 'event').length).toBeGreaterThan(3);
  }
});
