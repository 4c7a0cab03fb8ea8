import { describe, expect, it } from 'vitest';
import { webchatPaths as routes } from '../contract/paths.ts';
import { settle } from '../testing/manual-clock.ts';
import { idOf } from '../testing/samples.ts';
import { json, pageOf, problem } from '../testing/scripted-server.ts';
import {
  keyOf,
  scriptedWebchat,
  visitorConversationOf,
  visitorMessageOf,
  WebchatServer,
} from '../testing/scripted-webchat.ts';

/** Somebody who was here before, with their conversation in view. */
async function loaded(messages = [visitorMessageOf(1)], change: Parameters<typeof visitorConversationOf>[0] = {}) {
  const server = new WebchatServer();
  server.conversation = visitorConversationOf(change);
  server.messages = messages;
  const opened = scriptedWebchat({ server, storage: server.withVisitor() });
  await opened.chat.load();
  await server.stream.hello('c1');
  const positions = () => opened.chat.value.messages.map(({ position }) => position);
  return { ...opened, conversation: server.conversation, positions };
}

const survey = {
  instrument: 'nps',
  question: 'De 0 a 10?',
  thanks: 'Obrigado.',
  min: 0,
  max: 10,
  score: null,
  expiresAt: '2026-11-22T12:00:00.000Z',
} as const;

describe('events', () => {
  it('that are older than what is known change nothing', async () => {
    const { chat, server, conversation } = await loaded([visitorMessageOf(1, { version: 3 })], { version: 5 });
    const before = chat.value;
    await server.stream.event('message.updated', 'c2', {
      message: visitorMessageOf(1, { version: 2, content: { type: 'unsupported' } }),
      conversation: { ...conversation, version: 4, agentName: 'Outra' },
    });
    expect(chat.value).toBe(before);
  });

  it('of a conversation before the one in view change nothing', async () => {
    const { chat, server } = await loaded();
    const older = visitorConversationOf({ id: idOf('cnv', 9), createdAt: '2026-11-01T08:00:00.000Z', version: 9 });
    await server.stream.event('conversation.updated', 'c2', { conversation: older });
    expect(chat.value.conversation?.id).toBe(idOf('cnv', 1));
  });

  it('bring what the team writes, told once, and listeners that fail harm nobody', async () => {
    const { chat, server, conversation, positions } = await loaded();
    const told: number[] = [];
    const reported: unknown[] = [];
    Object.assign(globalThis, { reportError: (error: unknown) => reported.push(error) });
    chat.onMessage(() => {
      throw new Error('of the page');
    });
    const stop = chat.onMessage(({ position }) => told.push(position));
    const news = { message: visitorMessageOf(2), conversation: { ...conversation, version: 2, unreadCount: 1 } };
    await server.stream.event('message.created', 'c2', news);
    await server.stream.event('message.updated', 'c3', { ...news, message: visitorMessageOf(2, { version: 2 }) });
    stop();
    await server.stream.event('message.created', 'c4', { ...news, message: visitorMessageOf(3) });
    Reflect.deleteProperty(globalThis, 'reportError');
    expect(positions()).toEqual([1, 2, 3]);
    expect(told).toEqual([2]);
    expect(reported).toHaveLength(2);
    expect(chat.value.conversation?.unreadCount).toBe(1);
  });

  it('that bring an own message before its answer show it once', async () => {
    const { chat, server, conversation, positions } = await loaded();
    server.next(routes.send, async (request) => {
      const message = server.write(request);
      await server.stream.event('message.created', 'c2', { message, conversation });
      expect([positions(), chat.value.pending]).toEqual([[1, 2], []]);
      return json(message);
    });
    chat.send('oi');
    await settle();
    await settle();
    expect([positions(), chat.value.pending]).toEqual([[1, 2], []]);
    expect(server.requestsTo(routes.send)).toHaveLength(1);
  });

  it('that were missed are loaded, and leave no hole in the history', async () => {
    const { chat, server, clock, positions } = await loaded([visitorMessageOf(1), visitorMessageOf(2)]);
    server.messages = [...server.messages, visitorMessageOf(3)];
    await server.stream.cut();
    await clock.advance(5000);
    await server.stream.hello('d1', false);
    await settle();
    expect(positions()).toEqual([1, 2, 3]);

    server.always(routes.messages, () => pageOf([visitorMessageOf(9), visitorMessageOf(8)], 'older-than-8'));
    await server.stream.cut();
    await clock.advance(5000);
    await server.stream.hello('e1', false);
    await settle();
    expect(positions()).toEqual([8, 9]);
    expect(chat.value.hasMore).toBe(true);
  });

  it('that were missed and could not be loaded are, when the connection is tried again', async () => {
    const { server, clock, positions } = await loaded();
    server.messages = [visitorMessageOf(1), visitorMessageOf(2)];
    server.next(routes.session, () => problem('internal', 500));
    await server.stream.cut();
    await clock.advance(5000);
    await server.stream.hello('d1', false);
    await settle();
    expect(positions()).toEqual([1]);
    await server.stream.cut();
    await clock.advance(5000);
    await server.stream.hello('d1', true);
    await settle();
    expect(positions()).toEqual([1, 2]);
  });
});

describe('typing', () => {
  const typing = (change: object) => ({
    conversationId: idOf('cnv', 1),
    agent: null,
    typing: true,
    expiresInMs: 6000,
    ...change,
  });

  it('of the team ends by itself, with a message, and is of this conversation only', async () => {
    const { chat, server, clock, conversation } = await loaded();
    await server.stream.frame('signal', { type: 'typing.changed', data: typing({ conversationId: idOf('cnv', 2) }) });
    expect(chat.value.typing).toBe(false);
    await server.stream.frame('signal', { type: 'typing.changed', data: typing({}) });
    expect(chat.value.typing).toBe(true);
    await clock.advance(5999);
    expect(chat.value.typing).toBe(true);
    await clock.advance(1);
    expect(chat.value.typing).toBe(false);
    await server.stream.frame('signal', { type: 'typing.changed', data: typing({}) });
    await server.stream.event('message.created', 'c2', { message: visitorMessageOf(2), conversation });
    expect(chat.value.typing).toBe(false);
  });

  it('of the visitor is said every three seconds, taken back once, and never worth an error', async () => {
    const { chat, server, clock } = await loaded();
    server.next(routes.typing, () => problem('rate_limited', 429));
    const said = () => server.requestsTo(routes.typing).map(({ body }) => (body as { typing: boolean }).typing);
    chat.typing(false);
    for (let key = 0; key < 5; key++) chat.typing(true);
    await clock.advance(2999);
    chat.typing(true);
    await clock.advance(1);
    chat.typing(true);
    chat.typing(false);
    chat.typing(false);
    await settle();
    expect(said()).toEqual([true, true, false]);
  });

  it('is not said where nobody could see it', async () => {
    const { chat, server } = await loaded([], { status: 'ended' });
    chat.typing(true);
    const other = scriptedWebchat();
    other.chat.typing(true);
    await settle();
    expect([server.requestsTo(routes.typing), other.server.requests]).toEqual([[], []]);
  });
});

describe('receipts', () => {
  const bodies = (server: WebchatServer) => server.requestsTo(routes.receipts).map(({ body }) => body);

  it('go forwards only, one at a time, and not for what was read already', async () => {
    const { chat, server, conversation } = await loaded([visitorMessageOf(1)], { unreadCount: 1 });
    chat.markSeen('delivered');
    for (let look = 0; look < 3; look++) chat.markSeen('read');
    for (const position of [2, 3]) {
      const news = { message: visitorMessageOf(position), conversation: { ...conversation, unreadCount: position } };
      await server.stream.event('message.created', `c${position}`, news);
    }
    chat.markSeen('read');
    chat.markSeen('read');
    chat.markSeen('delivered');
    await settle();
    expect(bodies(server)).toEqual([
      { position: 1, status: 'delivered' },
      { position: 1, status: 'read' },
      { position: 3, status: 'read' },
    ]);
    chat.markSeen('delivered');
    await settle();
    expect(bodies(server)).toHaveLength(3);
  });

  it('say once at the end what was seen while one was on its way', async () => {
    const { chat, server, conversation } = await loaded([visitorMessageOf(1)], { unreadCount: 1 });
    let answer: () => void = () => undefined;
    server.next(
      routes.receipts,
      () =>
        new Promise(
          (resolve) =>
            (answer = () => {
              resolve(json(conversation));
            }),
        ),
    );
    chat.markSeen('read');
    for (const position of [2, 3, 4]) {
      await server.stream.event('message.created', `c${position}`, {
        message: visitorMessageOf(position),
        conversation,
      });
      chat.markSeen('read');
    }
    expect(bodies(server)).toHaveLength(1);
    answer();
    await settle();
    expect(bodies(server)).toEqual([
      { position: 1, status: 'read' },
      { position: 4, status: 'read' },
    ]);
  });

  it('that got lost are said again with the next look', async () => {
    const { chat, server } = await loaded([visitorMessageOf(1)], { unreadCount: 1 });
    server.next(routes.receipts, () => problem('internal', 500));
    chat.markSeen('read');
    await settle();
    chat.markSeen('read');
    await settle();
    expect(bodies(server)).toHaveLength(2);
  });

  it('are not sent where there is nothing to see', async () => {
    const { chat, server } = await loaded([], { unreadCount: 1 });
    chat.markSeen('read');
    await settle();
    expect(bodies(server)).toEqual([]);
  });
});

describe('older messages', () => {
  it('are added before the others, once, until there are none', async () => {
    const server = new WebchatServer();
    server.conversation = visitorConversationOf();
    server.always(routes.messages, ({ query }) =>
      query.get('cursor') === 'c2'
        ? pageOf([visitorMessageOf(2), visitorMessageOf(1)])
        : pageOf([visitorMessageOf(4), visitorMessageOf(3)], 'c2'),
    );
    const { chat } = scriptedWebchat({ server, storage: server.withVisitor() });
    await chat.load();
    const told: unknown[] = [];
    chat.onMessage((message) => told.push(message));
    expect(chat.value.hasMore).toBe(true);
    await Promise.all([chat.loadMore(), chat.loadMore()]);
    expect(chat.value.messages.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
    expect(chat.value.hasMore).toBe(false);
    const { length } = server.requests;
    await chat.loadMore();
    expect(server.requests).toHaveLength(length);
    expect(told).toEqual([]);
  });

  it('that cannot be had leave everything as it was', async () => {
    const server = new WebchatServer();
    server.conversation = visitorConversationOf();
    server.always(routes.messages, () => pageOf([visitorMessageOf(4)], 'c2'));
    const { chat } = scriptedWebchat({ server, storage: server.withVisitor() });
    await chat.load();
    const before = chat.value;
    server.next(routes.messages, () => problem('internal', 500));
    await expect(chat.loadMore()).rejects.toMatchObject({ code: 'internal' });
    expect(chat.value).toBe(before);
  });
});

describe('the end of a conversation', () => {
  it('that the gateway refuses is an error of the call', async () => {
    const { chat, server } = await loaded();
    server.always(routes.close, () => problem('conversation_closed', 409));
    await expect(chat.end()).rejects.toMatchObject({ code: 'conversation_closed' });
    expect(chat.value.conversation?.status).toBe('active');
  });

  it('is asked one question, answered once', async () => {
    const { chat, server, clock } = await loaded([visitorMessageOf(1)], { status: 'ended', survey });
    const answered = visitorConversationOf({ status: 'ended', survey: { ...survey, score: 9 }, version: 2 });
    server.always(routes.answerSurvey, () => problem('survey_already_answered', 409));
    server.next(
      routes.answerSurvey,
      () => problem('unavailable', 503),
      () => json(answered),
    );
    const answer = chat.answerSurvey(9, '  muito bom ');
    await clock.advance(1000);
    await answer;
    expect(chat.value.conversation?.survey?.score).toBe(9);
    const [lost, again] = server.requestsTo(routes.answerSurvey);
    expect(again?.body).toEqual({ score: 9, comment: 'muito bom' });
    expect(again && keyOf(again)).toBe(lost && keyOf(lost));
    await expect(chat.answerSurvey(1, ' ')).rejects.toMatchObject({ code: 'survey_already_answered' });
    expect(server.requestsTo(routes.answerSurvey).at(-1)?.body).toEqual({ score: 1 });
    expect(chat.value.conversation?.survey?.score).toBe(9);
  });

  it('starts over with an empty form, and what comes late of the old one is not shown', async () => {
    const { chat, server, conversation } = await loaded();
    const stream = server.stream;
    let answer: () => void = () => undefined;
    server.always(routes.close, () => json(visitorConversationOf({ status: 'ended', version: 2 })));
    chat.startOver();
    expect(chat.value.conversation).not.toBeNull();
    await chat.end();
    expect(chat.value.conversation?.status).toBe('ended');
    server.always(
      routes.answerSurvey,
      () =>
        new Promise(
          (resolve) =>
            (answer = () => {
              resolve(json({ ...conversation, status: 'ended', version: 3 }));
            }),
        ),
    );
    chat.setForm({ name: 'Marina' });
    const late = chat.answerSurvey(7);
    await settle();
    chat.startOver();
    answer();
    await late;
    await stream.event('conversation.updated', 'c9', {
      conversation: { ...conversation, status: 'ended', version: 9 },
    });
    expect(chat.value).toMatchObject({ conversation: null, messages: [], connection: 'idle' });
    server.conversation = null;
    chat.send('Outra coisa');
    await settle();
    expect(server.requestsTo(routes.start).map(({ body }) => body)).toMatchObject([
      { message: { text: 'Outra coisa' } },
    ]);
    expect(server.requestsTo(routes.start)[0]?.body).not.toHaveProperty('name');
  });
});

describe('a link to a file', () => {
  it('is asked for again when it has grown old, or could not be had', async () => {
    const { chat, server, clock } = await loaded();
    const id = idOf('att', 1);
    server.always(routes.attachmentUrl, () => json({ url: 'https://chat.prosa.example/files/1', expiresAt: '' }));
    server.next(routes.attachmentUrl, () => problem('not_found', 404));
    await expect(chat.fileUrl(id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await chat.fileUrl(id)).toBe('https://chat.prosa.example/files/1');
    await chat.fileUrl(id);
    expect(server.requestsTo(routes.attachmentUrl)).toHaveLength(2);
    await clock.advance(240_000);
    await chat.fileUrl(id);
    expect(server.requestsTo(routes.attachmentUrl)).toHaveLength(3);
  });
});

describe('the end', () => {
  it('closes the stream, stops every timer, and tells nobody anything more', async () => {
    const { chat, server, clock } = await loaded();
    let told = 0;
    chat.subscribe(() => told++);
    server.always(routes.send, () => new Promise(() => undefined));
    chat.send('oi');
    chat.typing(true);
    await settle();
    told = 0;
    chat.destroy();
    chat.destroy();
    await clock.advance(300_000);
    const { length } = server.requests;
    expect(server.stream.isCancelled).toBe(true);
    expect([told, clock.pending]).toEqual([0, 0]);
    chat.send('depois');
    chat.reconnect();
    await expect(chat.end()).rejects.toMatchObject({ code: 'client_destroyed' });
    await clock.advance(300_000);
    expect(server.requests).toHaveLength(length);
  });
});
