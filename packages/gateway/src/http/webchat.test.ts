import {
  visitorConversationSchema,
  visitorMessageSchema,
  type Attachment,
  type AttachmentUrl,
  type Conversation,
  type Message,
  type Page,
  type Problem,
  type VisitorConversation,
  type VisitorMessage,
} from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minute } from '../clock.ts';
import { oldestWaiting, openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pdfFile, pngFile, svgFile } from '../testbed/files.ts';
import { openWebchat, type TestVisitor, type TestWebchat } from '../testbed/visitor.ts';

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
    ana = await workspace.agent('ana', { name: 'Ana Prado' });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const messagesOf = async (conversationId: string, query = '') =>
    (await visitor.call<Page<VisitorMessage>>('GET', `/conversations/${conversationId}/messages${query}`)).body;
  const accept = (id: string) => ana.call<Conversation>('POST', `/v1/conversations/${id}/accept`);
  const reply = (id: string, text: string) =>
    ana.call<Message>('POST', `/v1/conversations/${id}/messages`, { type: 'text', text });
  const conversationsInAll = async () =>
    (await ana.call<Page<Conversation>>('GET', '/v1/conversations?tab=all')).body.data;
  const jobs = () => opened.database.read.selectFrom('jobs').selectAll().execute();

  describe('messages', () => {
    it('go both ways, with everything that the desk needs to know', async () => {
      const conversation = await visitor.says('Oi, meu pedido não chegou', {
        name: 'Marina',
        email: 'marina@exemplo.test',
        subject: 'Pedido',
        pageUrl: 'https://loja.test/pedidos/77',
      });
      expect(visitorConversationSchema.parse(conversation)).toEqual(conversation);
      expect(conversation).toMatchObject({ status: 'waiting', subject: 'Pedido', agentName: null, unreadCount: 0 });
      expect(conversation.protocol).toMatch(/^\d{14}$/);

      const waiting = await oldestWaiting(ana);
      expect(waiting).toMatchObject({
        id: conversation.id,
        origin: 'webchat',
        subject: 'Pedido',
        pageUrl: 'https://loja.test/pedidos/77',
        contact: { name: 'Marina', email: 'marina@exemplo.test', phone: null, verified: false },
        unreadCount: 1,
        windowExpiresAt: null,
      });
      await accept(conversation.id);
      expect((await reply(conversation.id, 'Olá, Marina. Já vou ver.')).body).toMatchObject({ status: 'sent' });

      const { data } = await messagesOf(conversation.id);
      for (const message of data) expect(visitorMessageSchema.parse(message)).toEqual(message);
      expect(data.map(({ author, content }) => [author.kind, author.name, content.type]).reverse()).toEqual([
        ['visitor', null, 'text'],
        ['system', null, 'text'],
        ['system', null, 'notice'],
        ['team', 'Ana Prado', 'text'],
      ]);
      expect(data[1]?.content).toEqual({ type: 'notice', notice: 'agent_joined', agentName: 'Ana Prado' });
      expect((await visitor.call<VisitorConversation>('GET', `/conversations/${conversation.id}`)).body).toMatchObject({
        status: 'active',
        agentName: 'Ana Prado',
        unreadCount: 1,
      });
      expect(await jobs()).toEqual([]);
    });

    it('that come at once, and first, make one conversation', async () => {
      const begun = await Promise.all(Array.from({ length: 8 }, (_, i) => visitor.says(`Oi ${i}`)));
      expect(new Set(begun.map(({ id }) => id)).size).toBe(1);
      expect(
        (await messagesOf(begun[0]?.id ?? '')).data.filter(({ author }) => author.kind === 'visitor'),
      ).toHaveLength(8);
      expect(await conversationsInAll()).toHaveLength(1);
    });

    it('sent again with their key or their clientId are there once', async () => {
      const first = { message: { type: 'text', text: 'Oi', clientId: 'client-id-1' } };
      const key = { 'idempotency-key': 'key-of-the-first' };
      const answers = await Promise.all([
        visitor.call<VisitorConversation>('POST', '/conversations', first, key),
        visitor.call<VisitorConversation>('POST', '/conversations', first, key),
        visitor.call<VisitorConversation>('POST', '/conversations', first),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      const id = answers[0].body.id;
      expect(answers.map(({ body }) => body.id)).toEqual([id, id, id]);
      const twice = await Promise.all([
        visitor.sends(id, 'Tem alguém?', { clientId: 'client-id-2' }),
        visitor.sends(id, 'Tem alguém?', { clientId: 'client-id-2' }),
      ]);
      expect(twice[0].body).toEqual(twice[1].body);
      const own = (await messagesOf(id)).data.filter(({ author }) => author.kind === 'visitor');
      expect(own.map(({ clientId }) => clientId)).toEqual(['client-id-2', 'client-id-1']);
    });

    it('with a clientId or a key that was another message are refused', async () => {
      const { id } = await visitor.says('Oi');
      await visitor.sends(id, 'Um', { clientId: 'client-id-1' });
      const other = await visitor.sends(id, 'Outro', { clientId: 'client-id-1' });
      expect([other.status, (other.body as unknown as Problem).code]).toEqual([409, 'idempotency_key_reused']);
      const path = `/conversations/${id}/messages`;
      const key = { 'idempotency-key': 'one-key-only' };
      await visitor.call('POST', path, { type: 'text', text: 'Um' }, key);
      expect((await visitor.call('POST', path, { type: 'text', text: 'Dois' }, key)).status).toBe(409);
    });

    it('are the same to the person that the visitor turns out to be', async () => {
      const { id } = await visitor.says('Oi');
      await visitor.sends(id, 'Um', { clientId: 'client-id-1' });
      const marina = await webchat.visitor({
        identity: await webchat.identity('u-77'),
        anonymousToken: visitor.session.token,
      });
      await marina.sends(id, 'Um', { clientId: 'client-id-1' });
      visitor = marina;
      expect((await messagesOf(id)).data.filter(({ author }) => author.kind === 'visitor')).toHaveLength(2);
    });

    it('are refused without text, too long, without a key, or with fields that are not theirs', async () => {
      const { id } = await visitor.says('Oi');
      const path = `/conversations/${id}/messages`;
      for (const body of [
        { type: 'text', text: '   ' },
        { type: 'text', text: 'x'.repeat(4097) },
        { type: 'text', text: 'Oi', status: 'read' },
        { type: 'event', event: { name: 'closed', by: null, outcome: 'resolved' } },
        { type: 'template', templateId: 'x' },
      ]) {
        expect((await visitor.call<Problem>('POST', path, body)).body.code).toBe('validation_failed');
      }
      const keyless = await visitor.call<Problem>(
        'POST',
        path,
        { type: 'text', text: 'Oi' },
        { 'idempotency-key': 'short' },
      );
      expect(keyless.body.code).toBe('validation_failed');
      for (const pageUrl of ['javascript:alert(1)', 'loja']) {
        const start = await visitor.call<Problem>('POST', '/conversations', {
          pageUrl,
          message: { type: 'text', text: 'Oi' },
        });
        expect(start.body.code).toBe('validation_failed');
      }
    });

    it('of markup stay the text that they are', async () => {
      const text = '<img src=x onerror=alert(1)>';
      const { id } = await visitor.says(text, { name: text });
      expect((await messagesOf(id)).data.at(-1)?.content).toEqual({ type: 'text', text });
      expect((await oldestWaiting(ana)).contact.name).toBe(text);
    });

    it('are slowed down when they come as a flood, and replays are not counted', async () => {
      const { id } = await visitor.says('Oi');
      const again = () =>
        visitor.call(
          'POST',
          `/conversations/${id}/messages`,
          { type: 'text', text: 'Alô' },
          { 'idempotency-key': 'the-same-key' },
        );
      expect((await again()).status).toBe(200);
      const answers = [];
      for (let i = 0; i < 29; i++) answers.push(await visitor.sends(id, `Mensagem ${i}`));
      const last = answers.at(-1);
      expect(answers.slice(0, -1).map(({ status }) => status)).toEqual(Array(28).fill(200));
      expect([last?.status, Number(last?.headers.get('retry-after'))]).toEqual([429, 60]);
      expect((await again()).status).toBe(200);
      const patient = await webchat.visitor();
      expect(await patient.says('Oi')).toMatchObject({ status: 'waiting' });
      desk.clock.advance(minute);
      expect((await visitor.sends(id, 'Agora sim')).status).toBe(200);
    });

    it('are listed in pages without holes, whatever is hidden between them', async () => {
      const { id } = await visitor.says('Primeira');
      await accept(id);
      const queues = (await ana.call<Page<{ id: string }>>('GET', '/v1/queues')).body.data;
      // A queue and back: lines of the timeline that the visitor does not see.
      for (let i = 0; i < 3; i++) {
        await ana.call('POST', `/v1/conversations/${id}/transfer`, { to: { queueId: queues[0]?.id } });
        await accept(id);
      }
      for (const text of ['Dois', 'Três', 'Quatro']) await reply(id, text);
      const whole = (await messagesOf(id)).data.map((message) => message.id);
      const paged: string[] = [];
      for (let query = '?limit=2'; query !== '';) {
        const page = await messagesOf(id, query);
        expect(page.data.length).toBeLessThanOrEqual(2);
        paged.push(...page.data.map((message) => message.id));
        query = page.nextCursor === null ? '' : `?limit=2&cursor=${page.nextCursor}`;
      }
      expect(paged).toEqual(whole);
      expect(whole).toHaveLength(9);
      expect((await visitor.call<Problem>('GET', `/conversations/${id}/messages?cursor=x`)).body.code).toBe(
        'cursor_invalid',
      );
    });
  });

  describe('the form', () => {
    it('asks for what the webchat requires, once', async () => {
      const strict = await openWebchat(desk, workspace, { form: { name: 'required', email: 'required' } });
      const stranger = await strict.visitor();
      const message = { type: 'text', text: 'Oi' };
      const refused = await stranger.call<Problem>('POST', '/conversations', { message });
      expect(refused.body.errors?.map(({ path }) => path)).toEqual(['body.name', 'body.email']);
      const subject = await stranger.call<Problem>('POST', '/conversations', {
        message,
        name: 'Caio',
        email: 'caio@exemplo.test',
        subject: 'Inventado',
      });
      expect(subject.body.errors?.map(({ path }) => path)).toEqual(['body.subject']);
      await stranger.says('Oi', { name: 'Caio', email: 'caio@exemplo.test' });
      await stranger.says('De novo');
      const { body } = await stranger.call<{ visitor: unknown }>('GET', '/session');
      expect(body.visitor).toMatchObject({ name: 'Caio', email: 'caio@exemplo.test', verified: false });
    });

    it('does not rename who has been named by the website', async () => {
      const marina = await webchat.visitor({ identity: await webchat.identity('u-77', { name: 'Marina' }) });
      await marina.says('Oi', { name: 'Diretoria', email: 'presidente@exemplo.test' });
      expect((await oldestWaiting(ana)).contact).toMatchObject({ name: 'Marina', email: null, verified: true });
    });

    it('takes nothing that the webchat does not ask for', async () => {
      const bare = await openWebchat(desk, workspace, { form: { name: 'hidden', email: 'hidden' } });
      await (await bare.visitor()).says('Oi', { name: 'Caio', email: 'caio@exemplo.test' });
      expect((await oldestWaiting(ana)).contact).toMatchObject({ name: 'Visitante', email: null });
    });
  });

  describe('receipts', () => {
    it('say how far the messages of the team got, and never go back', async () => {
      const { id } = await visitor.says('Oi');
      await accept(id);
      const first = (await reply(id, 'Um')).body;
      const second = (await reply(id, 'Dois')).body;
      const receipt = (position: number, status: string) =>
        visitor.call<VisitorConversation>('POST', `/conversations/${id}/receipts`, { position, status });
      const statuses = async () => {
        const { body } = await ana.call<Page<Message>>('GET', `/v1/conversations/${id}/messages`);
        return [first.id, second.id].map((one) => body.data.find((message) => message.id === one)?.status);
      };
      expect(await statuses()).toEqual(['sent', 'sent']);
      expect((await receipt(second.position, 'delivered')).body.unreadCount).toBe(2);
      expect(await statuses()).toEqual(['delivered', 'delivered']);
      expect((await receipt(first.position, 'read')).body.unreadCount).toBe(1);
      expect(await statuses()).toEqual(['read', 'delivered']);
      await receipt(second.position, 'delivered');
      expect((await receipt(0, 'read')).body.unreadCount).toBe(1);
      expect(await statuses()).toEqual(['read', 'delivered']);
      expect((await receipt(1_000_000, 'read')).body.unreadCount).toBe(0);
      const { version } = (await receipt(second.position, 'read')).body;
      expect((await receipt(second.position, 'read')).body.version).toBe(version);
      expect(
        (await visitor.call('POST', `/conversations/${id}/receipts`, { position: -1, status: 'read' })).status,
      ).toBe(422);
      // What comes later is unread, however far the receipt went.
      await reply(id, 'Três');
      expect((await visitor.call<VisitorConversation>('GET', `/conversations/${id}`)).body.unreadCount).toBe(1);
    });

    it('tell the visitor how far the team has read', async () => {
      const { id, readPosition } = await visitor.says('Oi');
      expect(readPosition).toBe(0);
      await accept(id);
      await ana.call('POST', `/v1/conversations/${id}/read`);
      const { body } = await visitor.call<VisitorConversation>('GET', `/conversations/${id}`);
      const own = (await messagesOf(id)).data.find(({ author }) => author.kind === 'visitor');
      expect(body.readPosition).toBeGreaterThanOrEqual(own?.position ?? Infinity);
      expect(await jobs()).toEqual([]);
    });
  });

  describe('the end', () => {
    it('by the visitor, before anybody attended or after, says so to the desk', async () => {
      const abandoned = await visitor.says('Oi');
      const end = (id: string) => visitor.call<VisitorConversation>('POST', `/conversations/${id}/close`);
      expect((await end(abandoned.id)).body).toMatchObject({ status: 'ended', agentName: null });
      const served = await visitor.says('Oi de novo');
      expect(served.id).not.toBe(abandoned.id);
      await accept(served.id);
      const { body } = await end(served.id);
      expect(body.endedAt).not.toBeNull();
      const outcomes = await Promise.all(
        [abandoned, served].map(
          async ({ id }) => (await ana.call<Conversation>('GET', `/v1/conversations/${id}`)).body,
        ),
      );
      expect(outcomes.map(({ status, outcome }) => [status, outcome])).toEqual([
        ['closed', 'abandoned_client'],
        ['closed', 'terminated_client'],
      ]);
      expect(outcomes[1]?.previousConversationId).toBe(abandoned.id);
      expect((await end(served.id)).status).toBe(409);
    });

    it('lets nothing more be sent there, and the next message begins a new one', async () => {
      const { id } = await visitor.says('Oi');
      await accept(id);
      await ana.call('POST', `/v1/conversations/${id}/close`, {});
      const late = await visitor.sends(id, 'Mais uma coisa');
      expect((late.body as unknown as Problem).code).toBe('conversation_closed');
      const { body: session } = await visitor.call<{ conversation: VisitorConversation }>('GET', '/session');
      expect(session.conversation).toMatchObject({ id, status: 'ended' });
      expect((await messagesOf(id)).data[0]?.content).toEqual({
        type: 'notice',
        notice: 'ended',
        agentName: 'Ana Prado',
      });
      const next = await visitor.says('Mais uma coisa');
      expect(next.id).not.toBe(id);
      const { body } = await visitor.call<Page<VisitorConversation>>('GET', '/conversations?limit=1');
      expect(body.data.map((one) => one.id)).toEqual([next.id]);
      const more = await visitor.call<Page<VisitorConversation>>(
        'GET',
        `/conversations?limit=1&cursor=${body.nextCursor ?? ''}`,
      );
      expect([more.body.data.map((one) => one.id), more.body.nextCursor]).toEqual([[id], null]);
      expect((await visitor.call<{ conversation: unknown }>('GET', '/session')).body.conversation).toMatchObject(next);
    });
  });

  describe('files', () => {
    it('go both ways, their names are text, and the link needs no token', async () => {
      const fileName = '<b>nota</b> "1".pdf';
      const { body: uploaded } = await visitor.upload(pdfFile(), fileName);
      expect(uploaded).toMatchObject({ kind: 'document', fileName, status: 'ready' });
      const { id } = await visitor.says('', {
        message: { type: 'document', attachmentId: uploaded.id, caption: 'A nota' },
      });
      const { body } = await ana.call<Page<Message>>('GET', `/v1/conversations/${id}/messages`);
      expect(body.data.at(-1)?.content).toMatchObject({
        type: 'document',
        caption: 'A nota',
        attachment: { fileName },
      });
      await accept(id);
      const photo = await desk.request('/v1/attachments?fileName=foto.png', {
        method: 'POST',
        headers: { authorization: `Bearer ${ana.token}`, 'idempotency-key': crypto.randomUUID() },
        body: pngFile(),
      });
      const { id: attachmentId } = (await photo.json()) as Attachment;
      expect((await visitor.call('GET', `/attachments/${attachmentId}/url`)).status).toBe(404);
      await ana.call('POST', `/v1/conversations/${id}/messages`, { type: 'image', attachmentId });
      const link = await visitor.call<AttachmentUrl>('GET', `/attachments/${attachmentId}/url`);
      const file = await desk.gateway.fetch(new Request(link.body.url));
      expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/png']);
    });

    it('are refused when they are no such file, empty, too large, or somebody else’s', async () => {
      const code = async (answer: Promise<{ body: unknown }>) => ((await answer).body as Problem).code;
      expect(await code(visitor.upload(svgFile(), 'x.svg'))).toBe('media_type_not_allowed');
      expect(await code(visitor.upload(new Blob([]), 'x.pdf'))).toMatch(/media_type_not_allowed|validation_failed/);
      const large = new Blob(['%PDF-1.4\n', new Uint8Array(16 * 1024 * 1024)]);
      expect(await code(visitor.upload(large, 'grande.pdf'))).toBe('payload_too_large');
      const stranger = await webchat.visitor();
      const { body: theirs } = await stranger.upload(pngFile(), 'foto.png');
      const use = (attachmentId: string, type = 'image') =>
        visitor.call<Problem>('POST', '/conversations', { message: { type, attachmentId } });
      expect(await code(use(theirs.id))).toBe('validation_failed');
      const { body: own } = await visitor.upload(pngFile(), 'foto.png');
      expect(await code(use(own.id, 'document'))).toBe('validation_failed');
      expect((await use(own.id)).status).toBe(200);
      expect(await code(use(own.id))).toBe('attachment_in_use');
    });
  });
});
