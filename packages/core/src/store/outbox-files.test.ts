import { describe, expect, it } from 'vitest';
import { paths } from '../contract/paths.ts';
import type { LiveThread } from '../client/prosa-client.ts';
import type { Attachment, ErrorCode } from '../contract/index.ts';
import { settle } from '../testing/manual-clock.ts';
import { MemoryStorage } from '../testing/memory-storage.ts';
import { conversationOf, idOf, messageOf, timeOf } from '../testing/samples.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { json, pageOf, problem, type ScriptedRequest } from '../testing/scripted-server.ts';
// Loaded before it is needed: how long that takes is not what is tested.
import './durable-rows.ts';
import type { FileSend } from './pending-message.ts';

const { send } = paths.messages;
const { upload } = paths.attachments;
const one = idOf('cnv', 1);
const noop = () => undefined;

function pictureOf(clientId = 'client-picture'): FileSend {
  return { type: 'image', file: new File(['bytes'], 'nota.png', { type: 'image/png' }), caption: 'Nota', clientId };
}

const attachment: Attachment = {
  id: idOf('att', 1),
  kind: 'image',
  fileName: 'nota.png',
  mimeType: 'image/png',
  size: 5,
  status: 'ready',
  createdAt: timeOf(0),
  version: 1,
};

/** A desk with one conversation open. */
async function desk(storage: MemoryStorage | null = null) {
  const setup = scriptedClient({ storage });
  const { server, client } = setup;
  server.always(paths.conversations.get, () => json(conversationOf(1)));
  server.always(paths.messages.list, () => pageOf([]));
  server.always(upload, () => json(attachment));
  server.always(send, ({ body }) => json(messageOf(1, { clientId: (body as { clientId: string }).clientId })));
  const thread = client.live.thread(one);
  thread.subscribe(noop);
  await settle();
  await server.stream.hello('c0');
  return { ...setup, thread };
}

const pendingOf = ({ value }: LiveThread) => value.pending[0];
const keyOf = ({ headers }: ScriptedRequest) => headers.get('idempotency-key');

describe('a message with a file', () => {
  it('has its file uploaded when its turn comes, and is then sent with the attachment', async () => {
    const { client, server } = await desk();
    await client.messages.send(one, pictureOf());
    const [uploaded] = server.requestsTo(upload);
    expect(uploaded?.query.get('fileName')).toBe('nota.png');
    expect(uploaded?.headers.get('content-type')).toBe('image/png');
    expect(uploaded && keyOf(uploaded)).toBe('client-picture:file');
    expect(server.requestsTo(send)[0]?.body).toEqual({
      type: 'image',
      caption: 'Nota',
      clientId: 'client-picture',
      attachmentId: attachment.id,
    });
  });

  it('holds its place between others', async () => {
    const { client, server } = await desk();
    void client.messages.send(one, { type: 'text', text: 'antes' });
    void client.messages.send(one, pictureOf());
    await client.messages.send(one, { type: 'text', text: 'depois' });
    expect(server.requestsTo(send).map(({ body }) => (body as { type: string }).type)).toEqual([
      'text',
      'image',
      'text',
    ]);
  });

  it('is uploaded once though it has to be sent again', async () => {
    const { client, server, clock } = await desk();
    server.next(send, () => Promise.reject(new TypeError('reset')));
    const sent = client.messages.send(one, pictureOf());
    await clock.advance(2000);
    await sent;
    expect(server.requestsTo(upload)).toHaveLength(1);
    expect(server.requestsTo(send).map(keyOf)).toEqual(['client-picture', 'client-picture']);
  });

  it('is uploaded again with the same key when the answer was lost', async () => {
    const { client, server, clock } = await desk();
    server.next(upload, () => Promise.reject(new TypeError('reset')));
    const sent = client.messages.send(one, pictureOf());
    await clock.advance(2000);
    await sent;
    expect(server.requestsTo(upload).map(keyOf)).toEqual(['client-picture:file', 'client-picture:file']);
  });

  it('survives the page, before and after its file was uploaded', async () => {
    for (const route of [upload, send]) {
      const storage = new MemoryStorage();
      const before = await desk(storage);
      before.server.always(route, () => Promise.reject(new TypeError('no network')));
      void before.client.messages.send(one, pictureOf()).catch(noop);
      await settle();
      before.client.destroy();
      const { server, thread } = await desk(storage);
      await settle();
      expect(server.requestsTo(upload)).toHaveLength(route === upload ? 1 : 0);
      expect(server.requestsTo(send)[0]?.body).toMatchObject({ attachmentId: attachment.id, caption: 'Nota' });
      expect(thread.value.pending).toEqual([]);
      expect(storage.rows).toEqual([]);
    }
  });

  it('ends the upload, and is not stored again, when the event says meanwhile that it has arrived', async () => {
    const storage = new MemoryStorage();
    const { client, server } = await desk(storage);
    let arrive = noop as () => void;
    server.always(upload, () => new Promise((resolve) => (arrive = () => resolve(json(attachment)))));
    const sent = client.messages.send(one, pictureOf());
    await settle();
    // Sent by a page that was closed before it had the answer.
    const message = messageOf(1, { clientId: 'client-picture' });
    await server.stream.event('message.created', 'c1', { message, conversation: conversationOf(1, { version: 2 }) });
    expect((await sent).id).toBe(message.id);
    expect(server.requestsTo(upload)[0]?.signal?.aborted).toBe(true);
    arrive();
    await settle();
    expect(server.requestsTo(send)).toEqual([]);
    expect(storage.rows).toEqual([]);
  });

  it('can be given up while its file is uploaded, which ends the upload', async () => {
    const { client, server, thread } = await desk();
    server.always(upload, () => new Promise(noop));
    const sent = expect(client.messages.send(one, pictureOf())).rejects.toMatchObject({ code: 'aborted' });
    await settle();
    expect(pendingOf(thread)).toMatchObject({ state: 'sending', progress: { loadedBytes: 0, totalBytes: 5 } });
    expect(client.messages.discardPending('client-picture')).toBe(true);
    await sent;
    expect(server.requestsTo(upload)[0]?.signal?.aborted).toBe(true);
    await settle();
    expect(server.requestsTo(send)).toEqual([]);
  });

  it('ends the upload when its sender gives up', async () => {
    const { client, server } = await desk();
    server.always(upload, () => new Promise(noop));
    const during = new AbortController();
    const sent = client.messages.send(one, pictureOf(), { signal: during.signal });
    await settle();
    during.abort();
    await expect(sent).rejects.toMatchObject({ code: 'aborted' });
    expect(server.requestsTo(upload)[0]?.signal?.aborted).toBe(true);
  });
});

describe('a message that can never go', () => {
  it.each([
    ['window_closed', 409, 'send_template'],
    ['template_not_sendable', 409, 'send_template'],
    ['validation_failed', 422, 'edit'],
    ['attachment_in_use', 409, 'edit'],
    ['conversation_closed', 409, 'retry'],
  ] as const)('because of %s says what helps', async (code: ErrorCode, status, remedy) => {
    const { client, server, thread } = await desk();
    server.always(send, () => problem(code, status));
    await client.messages.send(one, { type: 'text', text: 'Olá' }).catch(noop);
    expect(pendingOf(thread)).toMatchObject({ state: 'failed', error: { code }, remedies: [remedy, 'discard'] });
  });

  it.each([
    ['media_type_not_allowed', 415],
    ['payload_too_large', 413],
  ] as const)('because of its file (%s) needs another one', async (code, status) => {
    const { client, server, thread } = await desk();
    server.always(upload, () => problem(code, status));
    await client.messages.send(one, pictureOf()).catch(noop);
    expect(pendingOf(thread)).toMatchObject({ state: 'failed', progress: null, remedies: ['edit', 'discard'] });
  });

  it('needs nothing while it waits, nor when it is tried again', async () => {
    const { client, server, thread } = await desk();
    server.next(send, () => problem('window_closed', 409));
    await client.messages.send(one, { type: 'text', text: 'Olá', clientId: 'client-late' }).catch(noop);
    server.always(send, () => new Promise(noop));
    client.messages.retryPending('client-late');
    await settle();
    expect(pendingOf(thread)).toMatchObject({ state: 'sending', remedies: [] });
  });
});
