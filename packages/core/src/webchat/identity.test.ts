import { describe, expect, it } from 'vitest';
import { webchatPaths as routes } from '../contract/paths.ts';
import type { Visitor } from '../contract/index.ts';
import { settle } from '../testing/manual-clock.ts';
import { idOf } from '../testing/samples.ts';
import { json, problem, type Answer } from '../testing/scripted-server.ts';
import {
  bearerOf,
  identityOf,
  scriptedWebchat,
  textOf,
  visitorConversationOf,
  visitorMessageOf,
  webchatKey,
  WebchatServer,
} from '../testing/scripted-webchat.ts';
import { memoryWebchatStorage } from './storage.ts';

const sessionKey = `prosa:webchat:${webchatKey}:session`;
const marina = identityOf('u-77');

/** Everything of this token is refused: it ended elsewhere. */
function endSession(server: WebchatServer, token: string): void {
  for (const route of [routes.session, routes.send, routes.start, routes.receipts, routes.messages, routes.events]) {
    const answer = server.answerTo(route);
    server.always(route, (request) =>
      bearerOf(request) === `Bearer ${token}` ? problem('unauthenticated', 401) : answer(request),
    );
  }
}

/** Somebody who was here before, with their conversation in view. */
async function loaded(subject: string | null = null, visitor: Partial<Visitor> = {}) {
  const server = new WebchatServer();
  server.visitor = { ...server.visitor, ...visitor };
  server.conversation = visitorConversationOf({ unreadCount: 1 });
  server.messages = [visitorMessageOf(1)];
  const opened = scriptedWebchat({ server, storage: server.withVisitor(memoryWebchatStorage(), subject) });
  await opened.chat.load();
  await server.stream.hello('c1');
  return opened;
}

describe('a session that ended elsewhere', () => {
  it('is found out when the page loads: nobody is there, and no session is made for nobody', async () => {
    const server = new WebchatServer();
    endSession(server, 'token-0');
    const { chat, storage } = scriptedWebchat({ server, storage: server.withVisitor() });
    await chat.load();
    expect(chat.value).toMatchObject({ status: 'ready', visitor: null, conversation: null });
    expect(server.requestsTo(routes.startSession)).toHaveLength(0);
    expect(storage.get(sessionKey)).toBeNull();
  });

  it('that was to end by now is not even tried', async () => {
    const { chat, server, clock, storage } = await loaded();
    chat.destroy();
    clock.sleep(40 * 24 * 60 * 60 * 1000);
    const later = scriptedWebchat({ server, storage, clock });
    const { length } = server.requestsTo(routes.session);
    await later.chat.load();
    expect(server.requestsTo(routes.session)).toHaveLength(length);
  });

  it('loses no message: a new visitor begins with it', async () => {
    const { chat, server, clock } = await loaded(null, { name: 'Marina' });
    endSession(server, 'token-0');
    server.conversation = null;
    server.messages = [];
    chat.send('Ainda estou aqui');
    await settle();
    expect(chat.value).toMatchObject({ conversation: null, messages: [], connection: 'idle' });
    expect(chat.value.pending).toMatchObject([{ text: 'Ainda estou aqui', state: 'queued' }]);
    await clock.advance(1000);
    expect(server.requestsTo(routes.start).map(textOf)).toEqual(['Ainda estou aqui']);
    expect(server.requestsTo(routes.start)[0]?.body).toMatchObject({ name: 'Marina' });
    expect(server.requestsTo(routes.startSession)).toHaveLength(1);
    expect(chat.value).toMatchObject({ pending: [], conversation: { status: 'waiting' } });
    expect(server.streams.map(({ request }) => bearerOf(request))).toEqual(['Bearer token-0', 'Bearer token-1']);
  });

  it('takes the conversation out of the page as soon as the stream says so', async () => {
    const { chat, server, clock } = await loaded();
    endSession(server, 'token-0');
    await server.stream.frame('bye', { reason: 'token_expired', reconnectWindowMs: 0 });
    await clock.advance(120_000);
    expect(chat.value).toMatchObject({ visitor: null, conversation: null, messages: [], connection: 'idle' });
    expect(server.requestsTo(routes.startSession)).toHaveLength(0);
  });

  it('of somebody who is logged in begins anew by itself, with the same conversation', async () => {
    const { chat, server, clock } = await loaded('u-77');
    await chat.identify(() => marina);
    expect(server.requestsTo(routes.startSession)).toHaveLength(0);
    endSession(server, 'token-0');
    chat.markSeen('read');
    await clock.advance(1000);
    expect(server.requestsTo(routes.startSession).map(({ body }) => body)).toMatchObject([{ identity: marina }]);
    expect(chat.value).toMatchObject({ conversation: { id: idOf('cnv', 1) }, visitor: { id: idOf('ctt', 1) } });
  });

  it('because somebody logged in in another tab goes on in theirs', async () => {
    const { chat, server, storage, clock } = await loaded();
    const other = scriptedWebchat({ server, storage, clock });
    await other.chat.identify(marina);
    endSession(server, 'token-0');
    chat.send('Ainda estou aqui');
    await clock.advance(1000);
    expect(server.requestsTo(routes.startSession)).toHaveLength(1);
    expect(JSON.parse(storage.get(sessionKey) ?? '')).toMatchObject({ token: 'token-1', subject: 'u-77' });
    expect(chat.value).toMatchObject({ pending: [], conversation: { id: idOf('cnv', 1) } });
    expect(server.messages).toHaveLength(2);
  });

  it('because somebody logged out in another tab leaves nobody here either', async () => {
    const { chat, server, storage, clock } = await loaded('u-77');
    await scriptedWebchat({ server, storage, clock }).chat.logout();
    endSession(server, 'token-0');
    await server.stream.frame('bye', { reason: 'token_expired', reconnectWindowMs: 0 });
    await clock.advance(60_000);
    expect(chat.value).toMatchObject({ conversation: null, messages: [], connection: 'idle' });
    expect([storage.get(sessionKey), server.requestsTo(routes.startSession)]).toEqual([null, []]);
  });

  it('is asked for a few times only when every new one is refused, too', async () => {
    const { chat, server, clock } = await loaded('u-77');
    await chat.identify(marina);
    server.always(routes.session, () => problem('unauthenticated', 401));
    server.always(routes.receipts, () => problem('unauthenticated', 401));
    chat.markSeen('read');
    await clock.advance(60_000);
    expect(server.requestsTo(routes.startSession).length).toBeLessThanOrEqual(2);
  });
});

describe('who is logged in', () => {
  it('takes along what was said anonymously', async () => {
    const { chat, server, storage } = await loaded();
    await chat.identify(marina);
    expect(server.requestsTo(routes.startSession)[0]?.body).toEqual({
      key: webchatKey,
      identity: marina,
      anonymousToken: 'token-0',
    });
    await settle();
    expect(chat.value).toMatchObject({ visitor: { id: idOf('ctt', 1) }, conversation: { id: idOf('cnv', 1) } });
    expect(chat.value.messages).toHaveLength(1);
    expect(bearerOf(server.stream.request)).toBe('Bearer token-1');
    expect(server.streams[0]?.isCancelled).toBe(true);
    expect(JSON.parse(storage.get(sessionKey) ?? '')).toMatchObject({ token: 'token-1', subject: 'u-77' });
  });

  it('takes along the session that a first message is just making', async () => {
    const { chat, server } = scriptedWebchat();
    let begin: () => void = () => undefined;
    const answer = server.answerTo(routes.startSession);
    server.next(routes.startSession, async (request) => {
      await new Promise<void>((resolve) => (begin = resolve));
      return answer(request);
    });
    chat.send('Olá');
    await settle();
    const identified = chat.identify(marina);
    await settle();
    begin();
    await identified;
    await settle();
    const bodies = server.requestsTo(routes.startSession).map(({ body }) => body);
    expect(bodies).toMatchObject([{ identity: null }, { identity: marina, anonymousToken: 'token-1' }]);
    expect(server.messages).toHaveLength(1);
  });

  it('and is not believed stays anonymous, and can write', async () => {
    const { chat, server } = await loaded();
    server.next(routes.startSession, () => problem('unauthenticated', 401));
    await expect(chat.identify(identityOf('forged'))).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(chat.value.conversation?.id).toBe(idOf('cnv', 1));
    chat.send('Olá');
    await settle();
    expect(server.requestsTo(routes.send).map(bearerOf)).toEqual(['Bearer token-0']);
    expect(chat.value.pending).toEqual([]);
  });

  it('is said when there is a connection again', async () => {
    const { chat, server } = scriptedWebchat();
    server.next(routes.startSession, () => problem('rate_limited', 429, {}, { 'retry-after': '3600' }));
    await expect(chat.identify(marina)).rejects.toMatchObject({ code: 'rate_limited' });
    await chat.load();
    expect(server.requestsTo(routes.startSession)).toHaveLength(2);
    expect(server.requestsTo(routes.startSession)[1]?.body).toMatchObject({ identity: marina });
    expect(chat.value).toMatchObject({ status: 'ready', visitor: { id: idOf('ctt', 1) } });
  });

  it('is nobody when the function of the page fails', async () => {
    const { chat, server } = await loaded();
    const { length } = server.requests;
    const failing = () => Promise.reject(new Error('backend is down'));
    await expect(chat.identify(failing)).rejects.toMatchObject({ code: 'token_unavailable', retryable: true });
    expect(server.requests).toHaveLength(length);
    expect(chat.value.conversation).not.toBeNull();
  });

  it('keeps the session of before, and asks for nothing, when it is the same person', async () => {
    const { chat, server } = await loaded('u-77');
    const before = chat.value;
    const { length } = server.requests;
    await chat.identify(marina);
    expect(server.requests).toHaveLength(length);
    expect(chat.value).toBe(before);
  });

  it('as another person leaves nothing of the one before', async () => {
    const { chat, server, storage } = await loaded('u-77');
    server.always(routes.send, () => problem('unavailable', 503));
    chat.setForm({ name: 'Marina' });
    chat.send('Segredo da Marina');
    await settle();
    let conversation: unknown = 'none asked';
    server.always(routes.startSession, (request) => {
      ({ conversation } = chat.value);
      expect(request.body).toMatchObject({ anonymousToken: null });
      return problem('unauthenticated', 401);
    });
    await expect(chat.identify(identityOf('u-78'))).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(conversation).toBeNull();
    expect(chat.value).toMatchObject({ pending: [], messages: [], conversation: null, visitor: null });
    expect(server.requestsTo(routes.endSession).map(bearerOf)).toEqual(['Bearer token-0']);
    for (const name of ['session', 'outbox', 'form'])
      expect(storage.get(`prosa:webchat:${webchatKey}:${name}`)).toBeNull();
  });
});

describe('logout', () => {
  const hanging: Answer = () => new Promise(() => undefined);

  it.each([
    ['without a network', (server: WebchatServer) => (server.isUp = false)],
    [
      'when the gateway never answers',
      (server: WebchatServer) => {
        server.always(routes.endSession, hanging);
      },
    ],
  ])('clears everything at once, %s', async (_, spoil) => {
    const { chat, server, storage, clock } = await loaded();
    server.always(routes.send, () => problem('unavailable', 503));
    chat.setForm({ name: 'Marina' });
    chat.send('Segredo');
    await settle();
    spoil(server);
    const leaving = chat.logout();
    expect(chat.value).toMatchObject({
      visitor: null,
      conversation: null,
      messages: [],
      pending: [],
      connection: 'idle',
    });
    for (const name of ['session', 'outbox', 'form'])
      expect(storage.get(`prosa:webchat:${webchatKey}:${name}`)).toBeNull();
    await clock.advance(30_000);
    await leaving;
    expect(server.requestsTo(routes.endSession).map(bearerOf)).toEqual(['Bearer token-0']);
  });

  it('of nobody tells nobody', async () => {
    const { chat, server } = scriptedWebchat();
    await chat.logout();
    expect(server.requests).toEqual([]);
  });

  it('leaves no room for what arrives late', async () => {
    const { chat, server, clock, storage } = await loaded();
    const answers: (() => void)[] = [];
    const late =
      (body: unknown): Answer =>
      () =>
        new Promise((resolve) =>
          answers.push(() => {
            resolve(json(body));
          }),
        );
    server.always(routes.close, late(visitorConversationOf({ status: 'ended', version: 2 })));
    server.always(routes.send, late(visitorMessageOf(2, { clientId: 'late-one' })));
    const ending = chat.end().catch((error: unknown) => error);
    chat.send('oi');
    await settle();
    await chat.logout();
    for (const answer of answers) answer();
    expect(await ending).toMatchObject({ code: 'token_unavailable' });
    await clock.advance(10_000);
    expect(answers).toHaveLength(2);
    expect(chat.value).toMatchObject({ conversation: null, messages: [], pending: [], visitor: null });
    expect(storage.get(sessionKey)).toBeNull();
  });

  it('while a session is being made keeps none', async () => {
    const { chat, server, clock, storage } = scriptedWebchat();
    let begin: () => void = () => undefined;
    const answer = server.answerTo(routes.startSession);
    server.next(routes.startSession, async (request) => {
      await new Promise<void>((resolve) => (begin = resolve));
      return answer(request);
    });
    chat.send('Olá');
    await settle();
    await chat.logout();
    begin();
    await clock.advance(10_000);
    expect(storage.get(sessionKey)).toBeNull();
    expect(server.requestsTo(routes.start)).toEqual([]);
    chat.send('Outra pessoa');
    await clock.advance(1000);
    expect(server.requestsTo(routes.start).map(bearerOf)).toEqual(['Bearer token-2']);
  });
});
