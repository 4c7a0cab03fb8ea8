import { describe, expect, it } from 'vitest';
import { webchatPaths as routes } from '../contract/paths.ts';
import { settle } from '../testing/manual-clock.ts';
import { idOf } from '../testing/samples.ts';
import {
  keyOf,
  scriptedWebchat,
  textOf,
  visitorConversationOf,
  visitorMessageOf,
  WebchatServer,
} from '../testing/scripted-webchat.ts';
import { json, problem } from '../testing/scripted-server.ts';
import { createWebchatClient } from './create-webchat-client.ts';
import { memoryWebchatStorage } from './storage.ts';

describe('the key', () => {
  it.each(['', 'wck_…', 'wck_0 1', 'chn_0000', undefined as unknown as string])('refuses "%s"', (webchatKey) => {
    expect(() => createWebchatClient({ baseUrl: 'https://x.example', webchatKey })).toThrow(
      expect.objectContaining({
        code: 'invalid_argument',
        message: `unable to create a client; "${webchatKey}" is no webchat key`,
      }),
    );
  });
});

describe('loading', () => {
  it('fails with a reason, and works when it is asked for again', async () => {
    const { chat, server } = scriptedWebchat();
    server.next(routes.config, () => problem('origin_not_allowed', 403));
    await expect(chat.load()).rejects.toMatchObject({ code: 'origin_not_allowed' });
    expect(chat.value).toMatchObject({ status: 'failed', error: { code: 'origin_not_allowed' }, config: null });
    await chat.load();
    expect(chat.value).toMatchObject({ status: 'ready', error: null, config: { title: 'Loja Cacau' } });
    await chat.load();
    expect(server.requestsTo(routes.config)).toHaveLength(2);
  });

  it('fails when the conversation of before cannot be had, and shows it the next time', async () => {
    const server = new WebchatServer();
    server.conversation = visitorConversationOf();
    server.messages = [visitorMessageOf(1)];
    const { chat } = scriptedWebchat({ server, storage: server.withVisitor() });
    server.next(routes.messages, () => problem('internal', 500));
    await expect(chat.load()).rejects.toMatchObject({ code: 'internal' });
    expect(chat.value.status).toBe('failed');
    await chat.load();
    expect(chat.value).toMatchObject({ status: 'ready', conversation: { id: idOf('cnv', 1) }, hasMore: false });
    expect(chat.value.messages.map(({ position }) => position)).toEqual([1]);
  });

  it('of somebody who has never written asks for the configuration and makes no session', async () => {
    const { chat, server, storage } = scriptedWebchat();
    expect(server.requests).toHaveLength(0);
    const loading = chat.load();
    expect(chat.load()).toBe(loading);
    expect(chat.value.status).toBe('loading');
    await loading;
    expect(chat.value).toMatchObject({ status: 'ready', visitor: null, conversation: null, connection: 'idle' });
    expect(server.requests.map(({ path }) => path)).toEqual(['/v1/webchat/config']);
    expect(storage.get('prosa:webchat:wck_00000000000000000000:session')).toBeNull();
  });

  it.each(['{', '{"clientId":1}', '[null, {"text":"oi"}, 7]', '"text"'])(
    'ignores what another version left in the browser: %s',
    async (left) => {
      const storage = memoryWebchatStorage();
      for (const name of ['session', 'outbox', 'form'])
        storage.set(`prosa:webchat:wck_00000000000000000000:${name}`, left);
      const { chat } = scriptedWebchat({ storage });
      await chat.load();
      expect(chat.value).toMatchObject({ status: 'ready', pending: [], conversation: null });
    },
  );
});

describe('the first message', () => {
  it('stays when the gateway refuses the form, and goes with another one', async () => {
    const { chat, server } = scriptedWebchat();
    await chat.load();
    server.next(routes.start, () => problem('validation_failed', 422));
    chat.setForm({ email: 'marina@' });
    chat.send('Olá');
    await settle();
    expect(chat.value.pending).toMatchObject([{ text: 'Olá', state: 'failed', error: { code: 'validation_failed' } }]);
    chat.setForm({ email: 'marina@exemplo.test' });
    chat.retry(chat.value.pending[0]?.clientId ?? '');
    await settle();
    expect(server.requestsTo(routes.start).at(-1)?.body).toMatchObject({ email: 'marina@exemplo.test' });
    expect(chat.value.pending).toEqual([]);
  });

  it('begins a conversation, with what the visitor said of themselves once', async () => {
    const { chat, server } = scriptedWebchat();
    await chat.load();
    chat.setForm({ name: 'Marina', subject: 'Trocas' });
    chat.send('  Olá  ');
    expect(chat.value.pending).toMatchObject([{ text: 'Olá', state: 'sending' }]);
    await settle();
    const [start] = server.requestsTo(routes.start);
    expect(start?.body).toMatchObject({ name: 'Marina', subject: 'Trocas', message: { type: 'text', text: 'Olá' } });
    expect(chat.value).toMatchObject({
      pending: [],
      conversation: { status: 'waiting' },
      visitor: { verified: false },
    });
    expect(chat.value.messages).toHaveLength(1);

    chat.send('Está aí?');
    await settle();
    expect(server.requestsTo(routes.send).map(({ body }) => body)).toMatchObject([{ type: 'text', text: 'Está aí?' }]);
    await server.stream.hello('c1');
    const ended = visitorConversationOf({ status: 'ended', version: 2 });
    await server.stream.event('conversation.updated', 'c2', { conversation: ended });
    server.conversation = null;
    server.messages = [];
    chat.send('De novo');
    await settle();
    expect(server.requestsTo(routes.start).at(-1)?.body).not.toHaveProperty('name');
  });

  it('sends nothing for blank words', async () => {
    const { chat, server } = scriptedWebchat();
    chat.send(' \n ');
    await settle();
    expect([chat.value.pending, server.requests]).toEqual([[], []]);
  });

  it('whose answer got lost goes again as the same, whatever the form says by then', async () => {
    const { chat, server, clock } = scriptedWebchat();
    await chat.load();
    chat.setForm({ name: 'Marina', pageUrl: 'https://loja.test/a' });
    server.next(routes.start, (request) => {
      server.conversation = visitorConversationOf();
      server.write(request);
      throw new TypeError('network error');
    });
    chat.send('Olá');
    await settle();
    expect(chat.value.pending).toMatchObject([{ state: 'queued', error: null }]);
    chat.setForm({ name: 'Marina', pageUrl: 'https://loja.test/b' });
    await clock.advance(1000);
    const [first, second] = server.requestsTo(routes.start);
    expect(second && keyOf(second)).toBe(first && keyOf(first));
    expect(second?.body).toEqual(first?.body);
    expect(chat.value.pending).toEqual([]);
    expect(chat.value.messages).toHaveLength(1);
  });

  it('of two that are written at once begins the conversation; the other follows it', async () => {
    const { chat, server } = scriptedWebchat();
    chat.send('um');
    chat.send('dois');
    expect(chat.value.pending.map(({ text }) => text)).toEqual(['um', 'dois']);
    await settle();
    expect(server.requestsTo(routes.startSession)).toHaveLength(1);
    expect(server.requestsTo(routes.start).map(textOf)).toEqual(['um']);
    expect(server.requestsTo(routes.send).map(textOf)).toEqual(['dois']);
    expect(chat.value.messages.map(({ position }) => position)).toEqual([1, 2]);
  });

  it('counts as sent though its conversation cannot be shown at once', async () => {
    const { chat, server, clock } = scriptedWebchat();
    server.next(routes.messages, ...Array.from({ length: 3 }, () => () => problem('unavailable', 503)));
    chat.send('Olá');
    await clock.advance(10_000);
    expect(chat.value.pending).toEqual([]);
    expect(server.messages).toHaveLength(1);
    expect(chat.value.messages).toHaveLength(1);
    const [start, send] = [...server.requestsTo(routes.start), ...server.requestsTo(routes.send)];
    expect(start && keyOf(start)).not.toBe(send && keyOf(send));
  });

  it('that meets a conversation which the team has just ended begins another', async () => {
    const server = new WebchatServer();
    server.conversation = visitorConversationOf();
    const { chat } = scriptedWebchat({ server, storage: server.withVisitor() });
    await chat.load();
    const next = visitorConversationOf({
      id: idOf('cnv', 2),
      status: 'waiting',
      createdAt: '2026-11-21T08:00:00.000Z',
    });
    server.always(routes.send, () => problem('conversation_closed', 409));
    server.always(routes.start, () => json(next));
    chat.send('Mais uma coisa');
    await settle();
    expect(chat.value).toMatchObject({ conversation: { id: idOf('cnv', 2) } });
    expect(server.requestsTo(routes.start).map(textOf)).toEqual(['Mais uma coisa']);
  });
});

describe('a reload of the page', () => {
  it('finds the unsent message and its form again, and sends them', async () => {
    const server = new WebchatServer();
    const before = scriptedWebchat({ server });
    await before.chat.load();
    server.isUp = false;
    before.chat.setForm({ name: 'Marina' });
    before.chat.send('Olá');
    await settle();
    before.chat.destroy();

    server.isUp = true;
    const { chat } = scriptedWebchat({ server, storage: before.storage });
    expect(chat.value.pending).toMatchObject([{ text: 'Olá', state: 'queued' }]);
    await chat.load();
    await settle();
    expect(server.requestsTo(routes.start).at(-1)?.body).toMatchObject({ name: 'Marina', message: { text: 'Olá' } });
    expect(chat.value.pending).toEqual([]);
    expect(scriptedWebchat({ server, storage: before.storage }).chat.value.pending).toEqual([]);
  });

  it('shows no message twice that had arrived', async () => {
    const server = new WebchatServer();
    const before = scriptedWebchat({ server });
    server.next(routes.start, (request) => {
      server.conversation = visitorConversationOf();
      server.write(request);
      return new Promise(() => undefined);
    });
    before.chat.send('Olá');
    await settle();
    before.chat.destroy();
    const { chat } = scriptedWebchat({ server, storage: before.storage });
    await chat.load();
    await settle();
    expect(chat.value.pending).toEqual([]);
    expect(chat.value.messages).toHaveLength(1);
    expect(server.messages).toHaveLength(1);
  });
});
