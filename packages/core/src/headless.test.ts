import { afterEach, expect, it } from 'vitest';
import { paths } from './contract/paths.ts';
import type { Attachment } from './contract/index.ts';
import { createComposers, createReadPolicy, serviceWindowCountdown, unreadMarker } from './headless.ts';
import { settle } from './testing/manual-clock.ts';
import { agentOf, conversationOf, idOf, messageOf, timeOf } from './testing/samples.ts';
import { scriptedClient } from './testing/scripted-client.ts';
import { json, pageOf, problem } from './testing/scripted-server.ts';

const agent = agentOf();
const conversationId = idOf('cnv', 1);
const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const attachment: Attachment = {
  id: idOf('att', 1),
  kind: 'document',
  fileName: 'boleto.pdf',
  mimeType: 'application/pdf',
  size: 4,
  status: 'ready',
  createdAt: timeOf(0),
  version: 1,
};

/** A whole client in an open conversation with one unread message. */
function desk() {
  const { server, clock, client } = scriptedClient();
  const conversation = conversationOf(1, {
    status: 'active',
    assignee: { id: agent.id, name: agent.name },
    unreadCount: 1,
    windowExpiresAt: new Date(clock.now() + 90 * 60_000).toISOString(),
  });
  const sent = messageOf(2, { direction: 'outbound', status: 'pending' });
  server.always(paths.conversations.get, () => json(conversation));
  server.always(paths.messages.list, () => json({ data: [messageOf(1)], nextCursor: null, previousCursor: null }));
  server.always(paths.conversations.read, () => json({ ...conversation, unreadCount: 0, version: 2 }));
  server.always(paths.attachments.upload, () => json(attachment));
  server.always(paths.messages.send, ({ body }) =>
    json({ ...sent, clientId: (body as { clientId: string }).clientId }),
  );
  server.always(paths.agents.list, () => pageOf([agent]));
  const composers = createComposers(client, { clock });
  const composer = composers.of(conversationId);
  composer.setContext({ conversation, agent });
  ends.push(() => {
    composers.destroy();
    client.destroy();
  });
  return { server, clock, client, conversation, composers, composer };
}

it('a refusal of the gateway ends a file, and a failure of the network is tried again with the same key', async () => {
  const { server, clock, composer } = desk();
  server.next(paths.attachments.upload, () => problem('media_type_not_allowed', 415));
  composer.uploads.add([new File(['MZ..'], 'falso.pdf')]);
  await settle();
  expect(composer.value).toMatchObject({ blockedBy: 'uploads_failed', uploads: { uploads: [{ status: 'refused' }] } });
  composer.uploads.clear();
  server.isUp = false;
  composer.uploads.add([new File(['%PDF'], 'boleto.pdf')]);
  await clock.advance(5000);
  server.isUp = true;
  composer.uploads.wake();
  await clock.advance(30_000);
  expect(composer.value.uploads.uploads).toMatchObject([{ status: 'ready', attachment: { id: attachment.id } }]);
  const keys = server.requestsTo(paths.attachments.upload).map(({ headers }) => headers.get('idempotency-key'));
  expect(new Set(keys.slice(1)).size).toBe(1);
});

it('what was written without a network is sent once when there is one, file and words together', async () => {
  const { server, clock, composer } = desk();
  composer.uploads.add([new File(['%PDF'], 'boleto.pdf')]);
  await settle();
  composer.setText('Segue o boleto, {nome}.');
  server.isUp = false;
  const sending = composer.submit();
  expect(composer.value.isEmpty).toBe(true);
  await clock.advance(5000);
  server.isUp = true;
  await clock.advance(60_000);
  expect(await sending).toMatchObject([{ id: idOf('msg', 2) }]);
  const keys = server.requestsTo(paths.messages.send).map(({ headers }) => headers.get('idempotency-key'));
  expect(new Set(keys).size).toBe(1);
  expect(server.requestsTo(paths.messages.send).at(-1)?.body).toMatchObject({
    type: 'document',
    attachmentId: attachment.id,
    caption: 'Segue o boleto, Contato 1.',
  });
});

it('a thread is marked, counted down and read with the live values of the client', async () => {
  const { server, clock, client } = desk();
  const thread = client.live.thread(conversationId);
  const policy = createReadPolicy(client, thread, client.live.me(), { clock });
  const unread = unreadMarker(thread, { isReading: () => policy.isReading });
  const countdown = serviceWindowCountdown(thread, { clock });
  ends.push(
    unread.subscribe(() => undefined),
    countdown.subscribe(() => undefined),
    () => {
      policy.destroy();
    },
  );
  await clock.advance(100);
  await server.stream.hello('1');
  await clock.advance(1000);
  expect(unread.value).toEqual({ count: 1, firstUnreadId: idOf('msg', 1) });
  expect(countdown.value).toEqual({ state: 'closing', minutes: 89 });
  policy.look({ visible: true, focused: true, atEnd: true });
  await clock.advance(2000);
  expect(server.requestsTo(paths.conversations.read)).toHaveLength(1);
  expect(unread.value).toEqual({ count: 0, firstUnreadId: idOf('msg', 1) });
});
