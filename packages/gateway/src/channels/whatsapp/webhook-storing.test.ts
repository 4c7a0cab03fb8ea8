import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minute } from '../../clock.ts';
import { silentLog } from '../../log.ts';
import { listen, type Listener } from '../../node/listen.ts';
import type { Database } from '../../store/database.ts';
import { DatabaseUnavailableError } from '../../store/database-unavailable.ts';
import { oldestWaiting, openDesk, type TestDesk, type TestWorkspace } from '../../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../../testbed/engines.ts';
import { contactOf, envelopeOf, postWebhook, signatureOf, textMessage } from '../../testbed/webhooks.ts';
import { processDue } from './envelope-worker.ts';

const megabyte = 1024 * 1024;

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const work = async () => {
    while (await processDue({ db: opened.database, clock: desk.clock, log: silentLog }));
  };
  const envelopes = () => opened.database.read.selectFrom('envelopes').selectAll().orderBy('id').execute();
  const inbound = async () =>
    (
      await opened.database.read
        .selectFrom('messages')
        .select(['providerId', 'content'])
        .where('direction', '=', 'inbound')
        .orderBy('position')
        .execute()
    ).map(({ providerId, content }) => ({ providerId, ...(JSON.parse(content) as { text?: string }) }));

  it('hears the app that may speak for a number, also when another app brought the same bytes first', async () => {
    const other = await desk.workspace('Outra');
    const bytes = JSON.stringify(envelopeOf(workspace, { messages: [textMessage('wamid.1', 'Oi')] }));
    for (const sender of [other, workspace, other, workspace]) {
      expect((await postWebhook(desk, bytes, { workspace: sender })).status).toBe(200);
    }
    await work();
    expect((await inbound()).map(({ providerId }) => providerId)).toEqual(['wamid.1']);
    expect((await envelopes()).map(({ error }) => error)).toEqual(['unknown number', null]);
  });

  it('changes nothing for a number that nobody has', async () => {
    const stranger = { ...workspace, channel: { ...workspace.channel, externalId: '109999999999999' } };
    const message = { messages: [textMessage('wamid.1', 'Oi')] };
    expect((await postWebhook(desk, envelopeOf(stranger, message), { workspace })).status).toBe(200);
    await work();
    expect(await inbound()).toEqual([]);
    expect((await envelopes()).map(({ state, error }) => [state, error])).toEqual([['processed', 'unknown number']]);
  });

  it('shows accents, escapes, emoji and halves of emoji as people wrote them', async () => {
    const written = 'Ação às 7h: \u{1f469}\u200d\u{1f469}\u200d\u{1f467} 100% <b>@/\\"\u2028 \u{20bb7}';
    const escaped = JSON.stringify(written).replace(
      /[^\x20-\x7e]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    const template = JSON.stringify(
      envelopeOf(workspace, {
        contacts: [contactOf('NOME')],
        messages: [textMessage('wamid.1', 'TEXTO'), textMessage('wamid.2', 'a\\ud83d'), textMessage('wamid.3', 'b\0c')],
      }),
    );
    const body = template
      .replace('"TEXTO"', escaped.replaceAll('/', '\\/'))
      .replace('NOME', 'Jo\\u00e3o \\ud83d\\ude4c');
    expect((await postWebhook(desk, body.replace('\\\\ud83d', '\\ud83d'), { workspace })).status).toBe(200);
    await work();
    const [first, ...others] = await inbound();
    expect(first?.text).toBe(written);
    expect(others.map(({ providerId }) => providerId)).toEqual(['wamid.2', 'wamid.3']);
    expect(others[1]?.text).toBe('bc');
    const ana = await workspace.agent('ana');
    const { contact, lastMessage } = await oldestWaiting(ana);
    expect([contact.name, lastMessage?.text]).toEqual(['João \u{1f64c}', 'bc']);
  });

  it('takes 3 MB with a thousand items', async () => {
    const text = 'ç'.repeat(1500);
    const messages = Array.from({ length: 1000 }, (_, i) => textMessage(`wamid.${i}`, text, '558399142210'));
    const body = JSON.stringify(envelopeOf(workspace, { messages }));
    expect(new TextEncoder().encode(body).length).toBeGreaterThan(2.9 * megabyte);
    expect((await postWebhook(desk, body, { workspace })).status).toBe(200);
    await work();
    const taken = await inbound();
    expect(taken.map(({ providerId }) => providerId)).toEqual(messages.map(({ id }) => id));
    expect(taken[999]?.text).toBe(text);
  }, 180_000);

  it('loses nothing while the database comes and goes', async () => {
    let down = true;
    const shaky = new Proxy(opened.database, {
      get(target, property) {
        if (property === 'transaction') {
          return (run: Parameters<Database['transaction']>[0]) =>
            down
              ? Promise.reject(new DatabaseUnavailableError('full', new Error('no space')))
              : target.transaction(run);
        }
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const failing = openDesk(shaky);
    const answers = [];
    for (let i = 0; i < 12; i++) {
      down = i % 3 !== 0;
      const envelope = envelopeOf(workspace, { messages: [textMessage(`wamid.${i}`, `${i}`)] });
      answers.push([envelope, (await postWebhook(failing, envelope, { workspace })).status] as const);
    }
    expect(answers.map(([, status]) => status)).toEqual([200, 503, 503, 200, 503, 503, 200, 503, 503, 200, 503, 503]);
    down = false;
    for (const [envelope] of answers) expect((await postWebhook(failing, envelope, { workspace })).status).toBe(200);
    desk.clock.advance(minute);
    await work();
    const ids = (await inbound()).map(({ providerId }) => providerId);
    expect(ids.toSorted()).toEqual(Array.from({ length: 12 }, (_, i) => `wamid.${i}`).toSorted());
    await failing.gateway.close();
  });
});

forEachEngine((_engine, open) => {
  describe('over HTTP', () => {
    let opened: OpenDatabase;
    let desk: TestDesk;
    let workspace: TestWorkspace;
    let listener: Listener;

    beforeEach(async () => {
      opened = await open();
      desk = openDesk(opened.database);
      workspace = await desk.workspace('Cacau');
      listener = await listen((request) => desk.gateway.fetch(request), { host: '127.0.0.1', port: 0 });
    });
    afterEach(async () => {
      await listener.close({ deadlineMs: 0 });
      await desk.gateway.close();
      await opened.close();
    });

    const kept = async () => (await opened.database.read.selectFrom('envelopes').select('id').execute()).length;
    /** Sends the chunks one by one, for as long as the gateway takes them. */
    const post = async (headers: OutgoingHttpHeaders | string[], chunks: readonly Uint8Array[]) => {
      const outgoing = httpRequest(`${listener.url}/webhooks/whatsapp`, { method: 'POST', headers });
      // The gateway hangs up on who goes on talking.
      outgoing.on('error', () => undefined);
      const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
      for (const chunk of chunks) outgoing.write(chunk);
      outgoing.end();
      const [incoming] = await answered;
      incoming.resume();
      return incoming.statusCode;
    };
    const signed = async (text: string) => {
      const bytes = new TextEncoder().encode(text);
      return { bytes, signature: await signatureOf(bytes, workspace.appSecret) };
    };

    it('verifies what comes in small pieces', async () => {
      const { bytes, signature } = await signed(
        JSON.stringify(envelopeOf(workspace, { messages: [textMessage('wamid.1', 'Olá \u{1f44b}')] })),
      );
      const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) => bytes.subarray(i * 7, i * 7 + 7));
      expect(await post({ 'x-hub-signature-256': signature }, pieces)).toBe(200);
      expect(await kept()).toBe(1);
    });

    it('refuses a signature that comes twice, even the right one', async () => {
      const { bytes, signature } = await signed('{}');
      const twice = ['x-hub-signature-256', signature, 'X-Hub-Signature-256', signature, 'Host', 'gateway.test'];
      expect(await post(twice, [bytes])).toBe(401);
      expect(await kept()).toBe(0);
    });

    it('refuses more than 4 MB: announced, in chunks, and in chunks under a length that lies', async () => {
      const { bytes, signature } = await signed(`"${'a'.repeat(4 * megabyte)}"`);
      const halves = [bytes.subarray(0, 2 * megabyte), bytes.subarray(2 * megabyte)];
      expect(await post({ 'x-hub-signature-256': signature, 'content-length': bytes.length }, halves)).toBe(413);
      expect(await post({ 'x-hub-signature-256': signature, 'transfer-encoding': 'chunked' }, halves)).toBe(413);
      expect(await kept()).toBe(0);
    });

    it('takes no more than the length says, so that a lie fails the signature', async () => {
      const { bytes, signature } = await signed('{"a":1}');
      const short = await post({ 'x-hub-signature-256': signature, 'content-length': bytes.length - 1 }, [
        bytes.subarray(0, bytes.length - 1),
      ]);
      expect([short, await kept()]).toEqual([401, 0]);
    });
  });
});
