import type { Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pruneVisitors, pruneVisitorUploads } from '../channels/webchat/retention.ts';
import { day, hour } from '../clock.ts';
import { openDesk, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pngFile } from '../testbed/files.ts';
import { openWebchat, type TestVisitor, type TestWebchat } from '../testbed/visitor.ts';

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let webchat: TestWebchat;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    webchat = await openWebchat(desk, workspace);
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const rowsOf = async (table: 'idempotencyKeys' | 'visitorSessions' | 'contacts') =>
    (await opened.database.read.selectFrom(table).select('workspaceId').execute()).length;

  it('keeps no answer for a receipt without end', async () => {
    const visitor = await webchat.visitor();
    const { id } = await visitor.says('Oi');
    const before = await rowsOf('idempotencyKeys');
    const answers = [];
    for (let i = 0; i < 40; i++) {
      answers.push(
        await visitor.call<Problem>('POST', `/conversations/${id}/receipts`, { position: i, status: 'read' }),
      );
    }
    const last = answers.at(-1);
    expect([last?.status, last?.body.code]).toEqual([429, 'rate_limited']);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await rowsOf('idempotencyKeys')) - before).toBeLessThan(40);
    desk.clock.advance(5000);
    const later = await visitor.call('POST', `/conversations/${id}/receipts`, { position: 1, status: 'read' });
    expect(later.status).toBe(200);
  });

  it('holds as many streams for one visitor as somebody has tabs, and gives the place of one that ends to the next', async () => {
    const visitor = await webchat.visitor();
    const held: Response[] = [];
    let next = await openStream(visitor);
    while (next.ok && held.length < 100) {
      held.push(next);
      next = await openStream(visitor);
    }
    expect([next.status, held.length < 100]).toEqual([429, true]);
    expect(((await next.json()) as Problem).code).toBe('rate_limited');
    expect(Number(next.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(held.length).toBeGreaterThanOrEqual(10);
    expect((await openStream(await webchat.visitor())).status, 'another visitor').toBe(200);
    await held[0]?.body?.cancel();
    expect((await openStream(visitor)).status).toBe(200);
    expect((await openStream(visitor)).status).toBe(429);
  });

  it('forgets all silent visitors at once, however many there were', async () => {
    const { id: channelId } = webchat.channel;
    const now = desk.clock.now();
    const numbers = Array.from({ length: 1201 }, (_, index) => index);
    await opened.database.transaction(async (tx) => {
      for (const number of numbers) {
        const contactId = `ctt_${number}`;
        const common = { workspaceId: workspace.id, channelId, createdAt: now };
        await tx
          .insertInto('contacts')
          .values({
            ...common,
            id: contactId,
            name: 'Visitante',
            address: null,
            phone: null,
            userId: `visitor:${number}`,
            username: null,
            email: null,
            verified: 0,
            customerId: null,
            updatedAt: now,
            version: 1,
          })
          .execute();
        await tx
          .insertInto('visitorSessions')
          .values({
            ...common,
            id: `vse_${number}`,
            contactId,
            hash: `hash ${number}`,
            expiresAt: now + day,
            endedAt: null,
          })
          .execute();
      }
    });
    await pruneVisitors(opened.database, now + 3 * day);
    expect([await rowsOf('visitorSessions'), await rowsOf('contacts')]).toEqual([0, 0]);
  });

  const filesOf = async () =>
    (await opened.database.read.selectFrom('attachments').select(['id', 'storageKey']).orderBy('id').execute()).map(
      ({ id, storageKey }) => ({ id, storageKey: storageKey ?? '' }),
    );

  it('deletes what a visitor uploads and never sends, and nothing else', async () => {
    const visitor = await webchat.visitor();
    const { body: sent } = await visitor.upload(pngFile(), 'foto.png');
    await visitor.says('', { message: { type: 'image', attachmentId: sent.id } });
    const { body: unsent } = await visitor.upload(pngFile(), 'foto.png');
    const ana = await workspace.agent('ana');
    const upload = await desk.request('/v1/attachments?fileName=foto.png', {
      method: 'POST',
      headers: { authorization: `Bearer ${ana.token}`, 'idempotency-key': crypto.randomUUID() },
      body: pngFile(),
    });
    const { id: ofAgent } = (await upload.json()) as { id: string };
    const before = await filesOf();
    const keyOf = (id: string) => before.find((file) => file.id === id)?.storageKey ?? '';

    desk.clock.advance(hour);
    await pruneVisitorUploads({ db: desk.database, media: desk.media }, desk.clock.now());
    expect(await filesOf(), 'it may still be sent').toEqual(before);
    desk.clock.advance(day);
    await pruneVisitorUploads({ db: desk.database, media: desk.media }, desk.clock.now());
    expect((await filesOf()).map(({ id }) => id).sort()).toEqual([sent.id, ofAgent].sort());
    expect(await desk.media.get(keyOf(unsent.id))).toBe(null);
    expect(await desk.media.get(keyOf(sent.id))).not.toBe(null);
    const late = await visitor.call<Problem>('POST', '/conversations', {
      message: { type: 'image', attachmentId: unsent.id },
    });
    expect([late.status, late.body.errors?.[0]?.path]).toEqual([422, 'body.attachmentId']);
  });

  function openStream(visitor: TestVisitor): Promise<Response> {
    return desk.request('/v1/webchat/events', { headers: { authorization: `Bearer ${visitor.session.token}` } });
  }
});
