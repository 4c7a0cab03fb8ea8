import {
  routes,
  splitPath,
  type Contact,
  type Conversation,
  type Customer,
  type Page,
  type Problem,
  type Route,
  type VisitorConversation,
  type VisitorMessage,
} from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pngFile } from '../testbed/files.ts';
import { readStream } from '../testbed/read-stream.ts';
import { openWebchat, type TestVisitor, type TestWebchat } from '../testbed/visitor.ts';
import { watchQueries } from '../testbed/watch-queries.ts';

interface Ids {
  readonly conversationId: string;
  readonly attachmentId: string;
}

/** Right for every route, so that only the id can be what is refused. */
const bodies: Readonly<Record<string, unknown>> = {
  send: { type: 'text', text: 'Oi' },
  receipts: { position: 100, status: 'read' },
  typing: { typing: true },
  answerSurvey: { score: 5 },
};
const nobodys: Ids = {
  conversationId: 'cnv_00000000000000000000000000',
  attachmentId: 'att_00000000000000000000000000',
};
const withParams = Object.entries(routes.webchat as Record<string, Route>).filter(([, { params }]) => params);

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let watched: ReturnType<typeof watchQueries>;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let webchat: TestWebchat;
  let mine: TestVisitor;
  let ana: Caller;

  beforeEach(async () => {
    opened = await open();
    watched = watchQueries(opened.database);
    desk = openDesk(watched.database);
    workspace = await desk.workspace('Cacau');
    webchat = await openWebchat(desk, workspace);
    mine = await webchat.visitor();
    ana = await workspace.agent('ana', { name: 'Ana Prado' });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  /** A conversation with a file in it. */
  async function fill(visitor: TestVisitor): Promise<Ids> {
    const { body: file } = await visitor.upload(pngFile(), 'foto.png');
    const { id } = await visitor.says('', { message: { type: 'image', attachmentId: file.id } });
    return { conversationId: id, attachmentId: file.id };
  }

  /** All that a stranger can look at: the answer without the number of its request, and what the database was asked. */
  async function seen(call: () => Promise<{ status: number; headers: Headers; body: Problem }>) {
    watched.take();
    const { status, headers, body } = await call();
    const { requestId: _, ...rest } = body;
    return { status, body: rest, headers: [...headers.keys()].sort(), queries: watched.take() };
  }

  // Time itself is not measured: what takes it, the queries, is the same.
  it('cannot tell what is of another visitor from what is not there: same answer, same queries', async () => {
    await mine.says('Oi');
    const other = await openWebchat(desk, await desk.workspace('Outra'));
    await workspace.customerSays('+5583999142210', 'Oi');
    const { body: phones } = await ana.call<Page<Conversation>>('GET', '/v1/conversations?origin=whatsapp');
    const conversationId = phones.data[0]?.id ?? '';
    expect(conversationId).not.toBe('');
    const strangers: Record<string, Ids> = {
      'another visitor': await fill(await webchat.visitor()),
      'a named visitor': await fill(await webchat.visitor({ identity: await webchat.identity('u-77') })),
      'another workspace': await fill(await other.visitor()),
      'a phone': { ...nobodys, conversationId },
    };
    expect(withParams.length).toBeGreaterThanOrEqual(9);
    for (const [name, { path }] of withParams) {
      const { method, path: pattern } = splitPath(path);
      const ask = (ids: Ids) =>
        seen(() =>
          mine.call<Problem>(
            method,
            pattern.replace('/v1/webchat', '').replace(/\{(\w+)\}/g, (_, id: string) => ids[id as keyof Ids]),
            bodies[name],
          ),
        );
      const nothing = await ask(nobodys);
      expect([name, nothing.status, nothing.queries.length > 0]).toEqual([name, 404, true]);
      for (const [whose, ids] of Object.entries(strangers))
        expect([name, whose, await ask(ids)]).toEqual([name, whose, nothing]);
    }
  });

  it('gets no file of another visitor into a conversation of its own, sent already or only uploaded', async () => {
    const { id } = await mine.says('Oi');
    const stranger = await webchat.visitor();
    const sent = await fill(stranger);
    const { body: uploaded } = await stranger.upload(pngFile(), 'foto.png');
    const { body: ofAna } = (await desk
      .request('/v1/attachments?fileName=foto.png', {
        method: 'POST',
        headers: { authorization: `Bearer ${ana.token}`, 'idempotency-key': crypto.randomUUID() },
        body: pngFile(),
      })
      .then(async (response) => ({ body: await response.json() }))) as { body: { id: string } };
    for (const [path, wrap] of [
      [`/conversations/${id}/messages`, (message: object) => message],
      ['/conversations', (message: object) => ({ message })],
    ] as const) {
      const use = (attachmentId: string) =>
        seen(() => mine.call<Problem>('POST', path, wrap({ type: 'image', attachmentId })));
      const nothing = await use(nobodys.attachmentId);
      expect([nothing.status, nothing.body.code]).toEqual([422, 'validation_failed']);
      for (const attachmentId of [sent.attachmentId, uploaded.id, ofAna.id])
        expect(await use(attachmentId)).toEqual(nothing);
    }
  });

  it('sees nothing of another visitor with their cursors, in lists and in the stream', async () => {
    const { id } = await mine.says('Minha');
    const stranger = await webchat.visitor();
    const theirs = await stranger.says('Segredo um');
    await stranger.sends(theirs.id, 'Segredo dois');
    await stranger.call('POST', `/conversations/${theirs.id}/close`);
    await stranger.says('Segredo três');
    const page = async (path: string) => {
      const { body } = await stranger.call<Page<unknown>>('GET', `${path}?limit=1`);
      expect(body.nextCursor).not.toBeNull();
      return encodeURIComponent(body.nextCursor ?? '');
    };
    const stream = await readStream(
      await desk.request('/v1/webchat/events', { headers: { authorization: `Bearer ${stranger.session.token}` } }),
    );
    const cursor = stream.frames[0]?.data.cursor ?? '';
    await stream.stop();
    await stranger.says('Segredo quatro');

    const listed = await mine.call<Page<VisitorConversation>>(
      'GET',
      `/conversations?cursor=${await page('/conversations')}`,
    );
    expect(listed.body.data?.every((one) => one.id === id) ?? true).toBe(true);
    const messages = await mine.call<Page<VisitorMessage>>(
      'GET',
      `/conversations/${id}/messages?cursor=${await page(`/conversations/${theirs.id}/messages`)}`,
    );
    expect(JSON.stringify([listed.body, messages.body])).not.toContain('Segredo');
    for (const [query, headers] of [
      [`?cursor=${encodeURIComponent(cursor)}`, {}],
      ['', { 'last-event-id': cursor }],
    ] as const) {
      const own = await readStream(
        await desk.request(`/v1/webchat/events${query}`, {
          headers: { authorization: `Bearer ${mine.session.token}`, ...headers },
        }),
      );
      await mine.sends(id, 'Mais uma minha');
      await own.until(2);
      await stranger.says('Segredo cinco');
      await mine.sends(id, 'E outra');
      await own.until(3);
      expect(JSON.stringify(own.frames)).not.toContain('Segredo');
      expect(JSON.stringify(own.frames)).not.toContain(theirs.id);
      await own.stop();
    }
  });

  it('gets no history by typing somebody else’s e-mail or phone', async () => {
    const marina = await webchat.visitor({
      identity: await webchat.identity('u-77', { name: 'Marina', email: 'marina@exemplo.test' }),
    });
    const verified = await marina.says('Segredo de Marina');
    await workspace.customerSays('+5583999142210', 'Segredo do telefone', { name: 'Marina' });
    const { body: customer } = await ana.call<Customer>('POST', '/v1/customers', {
      name: 'Marina Albuquerque',
      email: 'marina@exemplo.test',
      phone: '+5583999142210',
      notes: 'Segredo da ficha',
    });
    for (const { id } of (await ana.call<Page<Contact>>('GET', '/v1/contacts')).body.data)
      await ana.call('POST', `/v1/contacts/${id}/link`, { customerId: customer.id });
    // And one who typed the same address before.
    const earlier = await webchat.visitor();
    await earlier.says('Segredo de antes', { name: 'Marina', email: 'marina@exemplo.test' });

    const { id } = await mine.says('+55 83 9 9914-2210, sou a Marina', {
      name: 'Marina',
      email: 'marina@exemplo.test',
    });
    const phone = await mine.call<Problem>('POST', '/conversations', {
      phone: '+5583999142210',
      message: { type: 'text', text: 'Oi' },
    });
    expect([phone.status, phone.body.errors]).toEqual([422, [{ path: 'body.phone', message: 'is not a known field' }]]);
    const { body: list } = await mine.call<Page<VisitorConversation>>('GET', '/conversations');
    expect(list.data.map((one) => one.id)).toEqual([id]);
    const said = await Promise.all(
      ['/session', '/conversations', `/conversations/${id}`, `/conversations/${id}/messages`].map(
        async (path) => (await mine.call('GET', path)).body,
      ),
    );
    expect(JSON.stringify(said)).not.toContain('Segredo');
    expect((await mine.call('GET', `/conversations/${verified.id}`)).status).toBe(404);
    // The desk is told what was typed, and that nobody vouches for it.
    const { body: shown } = await ana.call<Conversation>('GET', `/v1/conversations/${id}`);
    expect(shown).toMatchObject({
      customer: null,
      previousConversationId: null,
      contact: { name: 'Marina', email: 'marina@exemplo.test', phone: null, verified: false },
    });
    const { body: ofMarina } = await ana.call<Page<Conversation>>('GET', `/v1/conversations?customerId=${customer.id}`);
    expect(ofMarina.data.map((one) => one.id)).not.toContain(id);
    const { body: contacts } = await ana.call<Page<Contact>>('GET', '/v1/contacts');
    expect(new Set(contacts.data.map((one) => one.id)).size).toBe(4);
  });
});
