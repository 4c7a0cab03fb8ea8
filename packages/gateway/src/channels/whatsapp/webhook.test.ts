import type { Conversation, Message, Page } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyStatus } from '../../commands/apply-status.ts';
import { silentLog } from '../../log.ts';
import type { Database } from '../../store/database.ts';
import { DatabaseUnavailableError } from '../../store/database-unavailable.ts';
import { runUnit } from '../../store/unit.ts';
import { oldestWaiting, openDesk, type Caller, type TestDesk, type TestWorkspace } from '../../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../../testbed/engines.ts';
import {
  contactOf,
  envelopeOf,
  marinaWaId,
  postWebhook,
  signatureOf,
  statusOf,
  textMessage,
} from '../../testbed/webhooks.ts';
import { processDue } from './envelope-worker.ts';

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana' });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const deps = (database: Database = opened.database) => ({ db: database, clock: desk.clock, log: silentLog });
  const work = async () => {
    while (await processDue(deps()));
  };
  const count = async (table: 'envelopes' | 'messages' | 'contacts' | 'conversations') =>
    (await opened.database.read.selectFrom(table).select('id').execute()).length;
  const threadOf = async ({ id }: Pick<Conversation, 'id'>) =>
    (await ana.call<Page<Message>>('GET', `/v1/conversations/${id}/messages`)).body.data.toReversed();
  const inbound = (thread: readonly Message[]) => thread.filter(({ direction }) => direction === 'inbound');

  describe('handshake', () => {
    const shake = (query: string) => desk.request(`/webhooks/whatsapp?${query}`);

    it('echoes the challenge for the right token, and nothing for a wrong one', async () => {
      const right = await shake('hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=test-verify-token');
      expect([right.status, await right.text()]).toEqual([200, '1158201444']);
      expect(right.headers.get('content-type')).toContain('text/plain');
      for (const query of [
        'hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=wrong',
        'hub.mode=subscribe&hub.challenge=1158201444',
        'hub.mode=unsubscribe&hub.challenge=1158201444&hub.verify_token=test-verify-token',
        'hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token=wrong',
      ]) {
        const wrong = await shake(query);
        expect(wrong.status).toBe(403);
        expect(await wrong.text()).not.toContain('1158201444');
      }
    });
  });

  describe('signature', () => {
    it('refuses every signature that is not the right one, and writes nothing', async () => {
      const envelope = envelopeOf(workspace, { messages: [textMessage('wamid.1', 'Oi')] });
      const body = new TextEncoder().encode(JSON.stringify(envelope));
      const right = await signatureOf(body, workspace.appSecret);
      const wrong: Record<string, string | null> = {
        missing: null,
        empty: '',
        'upper case': right.toUpperCase().replace('SHA256', 'sha256'),
        'without prefix': right.slice(7),
        short: right.slice(0, -2),
        twice: `${right}, ${right}`,
        'another secret': await signatureOf(body, 'another-secret'),
        'another body': await signatureOf(new TextEncoder().encode('{}'), workspace.appSecret),
      };
      for (const [what, signature] of Object.entries(wrong)) {
        const response = await postWebhook(desk, envelope, { signature });
        expect([what, response.status]).toEqual([what, 401]);
        expect(await response.text()).not.toMatch(/at .*\.ts/);
      }
      expect(await count('envelopes')).toBe(0);
    });

    it('answers 503 while no secret is configured, and is not ready', async () => {
      await configure(workspace, { appSecrets: [] });
      const response = await postWebhook(desk, envelopeOf(workspace), { signature: `sha256=${'0'.repeat(64)}` });
      expect(response.status).toBe(503);
      expect((await desk.request('/ready')).status).toBe(503);
      expect(await count('envelopes')).toBe(0);
    });

    it('takes both secrets while one replaces the other', async () => {
      await configure(workspace, { appSecrets: ['old-secret', 'new-secret'] });
      for (const secret of ['old-secret', 'new-secret']) {
        const envelope = envelopeOf(workspace, { messages: [textMessage(`wamid.${secret}`, 'Oi')] });
        expect((await postWebhook(desk, envelope, { secret })).status).toBe(200);
      }
    });

    it('verifies the bytes as they came: escapes, accents, emoji', async () => {
      const bodies = ['{"a":"\\u00e9\\/\\ud83d\\ude4c @ 100%"}', '{"a":"é/🙌 @ 100%"}', '{ "a" : 1 }'];
      for (const body of bodies) expect((await postWebhook(desk, body, { workspace })).status).toBe(200);
      const kept = await opened.database.read.selectFrom('envelopes').select('body').orderBy('id').execute();
      expect(kept.map(({ body }) => body)).toEqual(bodies);
    });

    it("lets one workspace's secret say nothing about another workspace's number", async () => {
      const other = await desk.workspace('Outra');
      const forged = envelopeOf(workspace, { messages: [textMessage('wamid.forged', 'Sou o outro')] });
      expect((await postWebhook(desk, forged, { workspace: other })).status).toBe(200);
      await work();
      expect(await count('messages')).toBe(0);
      const [row] = await opened.database.read.selectFrom('envelopes').select(['state', 'error']).execute();
      expect(row).toEqual({ state: 'processed', error: 'unknown number' });
    });
  });

  describe('storing', () => {
    it('stores a POST once however often it comes, and answers each 200', async () => {
      const envelope = envelopeOf(workspace, {
        contacts: [contactOf('Marina')],
        messages: [textMessage('wamid.1', 'Oi')],
      });
      const answers = await Promise.all(Array.from({ length: 1000 }, () => postWebhook(desk, envelope, { workspace })));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      await work();
      expect([await count('envelopes'), inbound(await threadOf(await oldestWaiting(ana))).length]).toEqual([1, 1]);
    }, 180_000);

    it('takes a message once when two processes meet it in two envelopes', async () => {
      const message = textMessage('wamid.same', 'Oi');
      await postWebhook(desk, envelopeOf(workspace, { messages: [message] }), { workspace });
      await postWebhook(desk, envelopeOf(workspace, { messages: [message] }, {}), { workspace });
      await Promise.all([processDue(deps()), processDue(deps()), processDue(deps())]);
      await work();
      expect(inbound(await threadOf(await oldestWaiting(ana)))).toHaveLength(1);
      expect(await count('conversations')).toBe(1);
    });

    it('answers 503 when it cannot store, and takes the redelivery afterwards', async () => {
      const down: Database = {
        ...opened.database,
        read: opened.database.read,
        transaction: () => Promise.reject(new DatabaseUnavailableError('full', new Error('disk full'))),
      };
      const failing = openDesk(down);
      const envelope = envelopeOf(workspace, { messages: [textMessage('wamid.1', 'Oi')] });
      expect((await postWebhook(failing, envelope, { workspace })).status).toBe(503);
      expect((await postWebhook(desk, envelope, { workspace })).status).toBe(200);
      await work();
      expect(inbound(await threadOf(await oldestWaiting(ana)))).toHaveLength(1);
      await failing.gateway.close();
    });

    it('keeps what is signed but is no JSON, and goes on', async () => {
      expect((await postWebhook(desk, '{"object":', { workspace })).status).toBe(200);
      await work();
      const [row] = await opened.database.read.selectFrom('envelopes').select(['body', 'state', 'error']).execute();
      expect(row).toEqual({ body: '{"object":', state: 'processed', error: 'ignored: not JSON' });
    });

    it('refuses more than 4 MB without holding it, also when the length is a lie', async () => {
      const chunk = new TextEncoder().encode('x'.repeat(256 * 1024));
      let chunks = 0;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          chunks += 1;
          if (chunks > 400) controller.close();
          else controller.enqueue(chunk);
        },
      });
      const init = {
        method: 'POST',
        headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}`, 'content-length': '12' },
        body,
        duplex: 'half',
      } as RequestInit;
      expect((await desk.request('/webhooks/whatsapp', init)).status).toBe(413);
      expect(chunks).toBeLessThan(25);
      expect(await count('envelopes')).toBe(0);
    });

    it('takes a thousand messages in one POST', async () => {
      const messages = Array.from({ length: 1000 }, (_, i) =>
        textMessage(`wamid.${i}`, `Mensagem ${i}`, `55839880${String(i % 7).padStart(5, '0')}`),
      );
      expect((await postWebhook(desk, envelopeOf(workspace, { messages }), { workspace })).status).toBe(200);
      await work();
      const rows = await opened.database.read
        .selectFrom('messages')
        .select('id')
        .where('direction', '=', 'inbound')
        .execute();
      expect([rows.length, await count('conversations')]).toEqual([1000, 7]);
    }, 180_000);
  });

  describe('processing', () => {
    it('does what it understands and leaves the rest alone, in one POST', async () => {
      const envelope = envelopeOf(
        workspace,
        {
          contacts: [contactOf('Marina Albuquerque')],
          messages: [textMessage('wamid.1', 'Um'), { type: 'broken' }, textMessage('wamid.2', 'Dois')],
        },
        { messages: [{ ...textMessage('wamid.3', 'No grupo'), group_id: 'G' }] },
        { messages: [{ from: marinaWaId, id: 'wamid.4', timestamp: 'soon', type: 'poll', poll: {} }] },
        { errors: [{ code: 130429, title: 'Rate limit hit' }] },
      );
      envelope.entry[0]?.changes.push({ field: 'from_the_future', value: {} } as never);
      expect((await postWebhook(desk, envelope, { workspace })).status).toBe(200);
      await work();
      const thread = inbound(await threadOf(await oldestWaiting(ana)));
      expect(thread.map(({ content }) => (content.type === 'text' ? content.text : content.type))).toEqual([
        'Um',
        'Dois',
        'unsupported',
      ]);
      expect(JSON.stringify(thread)).not.toContain('"raw"');
    });

    it('makes one contact of a user id and the phone that comes later, and keeps both conversations', async () => {
      const byUserId = {
        from_user_id: 'BR.7700',
        id: 'wamid.1',
        timestamp: '1795200000',
        type: 'text',
        text: { body: 'Sem número' },
      };
      await postWebhook(
        desk,
        envelopeOf(workspace, { contacts: [{ profile: { name: 'Tainá' }, user_id: 'BR.7700' }], messages: [byUserId] }),
        { workspace },
      );
      await work();
      await postWebhook(
        desk,
        envelopeOf(workspace, { contacts: [contactOf('Tainá')], messages: [textMessage('wamid.2', 'Do telefone')] }),
        { workspace },
      );
      await work();
      expect(await count('contacts')).toBe(2);
      const both = { ...textMessage('wamid.3', 'Agora com os dois'), from_user_id: 'BR.7700' };
      await postWebhook(
        desk,
        envelopeOf(workspace, { contacts: [{ ...contactOf('Tainá'), user_id: 'BR.7700' }], messages: [both] }),
        { workspace },
      );
      await work();
      const [contact, ...others] = await opened.database.read.selectFrom('contacts').selectAll().execute();
      expect(others).toEqual([]);
      expect(contact).toMatchObject({ phone: '+5583999142210', userId: 'BR.7700' });
      const conversations = await opened.database.read.selectFrom('conversations').select('contactId').execute();
      expect(conversations.map(({ contactId }) => contactId)).toEqual([contact?.id, contact?.id]);
    });

    it('processes again what a dead process had claimed, without doubling it', async () => {
      await postWebhook(desk, envelopeOf(workspace, { messages: [textMessage('wamid.1', 'Oi')] }), { workspace });
      await work();
      await opened.database.transaction((tx) =>
        tx.updateTable('envelopes').set({ state: 'pending', runAt: desk.clock.now() }).execute(),
      );
      await work();
      expect(inbound(await threadOf(await oldestWaiting(ana)))).toHaveLength(1);
    });
  });

  describe('statuses', () => {
    let conversation: Conversation;
    let sent: Message;

    beforeEach(async () => {
      await workspace.customerSays(`+${marinaWaId}`, 'Oi');
      conversation = await oldestWaiting(ana);
      await ana.call('POST', `/v1/conversations/${conversation.id}/accept`);
      const answer = await ana.call<Message>('POST', `/v1/conversations/${conversation.id}/messages`, {
        type: 'text',
        text: 'Olá!',
      });
      sent = answer.body;
      await opened.database.transaction((tx) =>
        tx.updateTable('messages').set({ providerId: 'wamid.out' }).where('id', '=', sent.id).execute(),
      );
    });

    const news = async (...statuses: readonly object[]) => {
      for (const status of statuses)
        await postWebhook(desk, envelopeOf(workspace, { statuses: [status] }), { workspace });
      await work();
      return (await threadOf(conversation)).find(({ id }) => id === sent.id);
    };

    const orders = [
      ['sent', 'delivered', 'read'],
      ['sent', 'read', 'delivered'],
      ['delivered', 'sent', 'read'],
      ['delivered', 'read', 'sent'],
      ['read', 'sent', 'delivered'],
      ['read', 'delivered', 'sent'],
    ];
    it.each(orders)('ends at read when %s, %s, %s come in this order', async (...order) => {
      const message = await news(...order.map((status) => statusOf('wamid.out', status)));
      expect(message).toMatchObject({ status: 'read' });
      expect([message?.sentAt, message?.deliveredAt, message?.readAt].every((time) => time !== null)).toBe(true);
      expect(
        (await ana.call<Conversation>('GET', `/v1/conversations/${conversation.id}`)).body.lastMessage?.status,
      ).toBe('read');
    });

    it('does not take a delivery back because of a failure that comes later, and keeps the failure', async () => {
      const errors = [{ code: 131026, title: 'Message undeliverable' }];
      const message = await news(statusOf('wamid.out', 'delivered'), statusOf('wamid.out', 'failed', { errors }));
      expect(message).toMatchObject({ status: 'delivered', failure: { code: '131026' } });
    });

    it('fails with the reason of the channel', async () => {
      const errors = [
        { code: 131047, title: 'Re-engagement message', error_data: { details: 'More than 24 hours have passed' } },
      ];
      const message = await news(statusOf('wamid.out', 'failed', { errors }));
      expect(message).toMatchObject({
        status: 'failed',
        failure: { code: '131047', detail: 'More than 24 hours have passed' },
      });
    });

    it('knows a message by our own id when its send was not answered', async () => {
      await opened.database.transaction((tx) =>
        tx.updateTable('messages').set({ providerId: null }).where('id', '=', sent.id).execute(),
      );
      const message = await news(statusOf('wamid.unknown', 'delivered', { biz_opaque_callback_data: sent.id }));
      expect(message).toMatchObject({ status: 'delivered' });
    });

    it('keeps a status of a message that it does not know yet', async () => {
      await news(statusOf('wamid.later', 'read'));
      const early = await opened.database.read.selectFrom('earlyStatuses').select(['providerId', 'status']).execute();
      expect(early).toEqual([{ providerId: 'wamid.later', status: 'read' }]);
    });

    it('changes nothing when the same news comes again', async () => {
      const first = await news(statusOf('wamid.out', 'delivered'));
      const outcome = await runUnit(deps(), workspace.id, (unit) =>
        applyStatus(unit, {
          channel: workspace.channel,
          providerId: 'wamid.out',
          messageId: null,
          status: 'delivered',
          at: 1,
          failure: null,
        }),
      );
      expect(outcome).toBe('unchanged');
      expect((await threadOf(conversation)).find(({ id }) => id === sent.id)?.version).toBe(first?.version);
    });
  });

  async function configure({ channel }: TestWorkspace, changes: object): Promise<void> {
    const config = JSON.stringify({ ...(JSON.parse(channel.config) as object), ...changes });
    await opened.database.transaction((tx) =>
      tx.updateTable('channels').set({ config }).where('id', '=', channel.id).execute(),
    );
  }
});
