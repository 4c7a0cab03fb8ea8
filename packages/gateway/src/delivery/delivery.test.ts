import type { Conversation, Message, Page } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minute, second } from '../clock.ts';
import { silentLog } from '../log.ts';
import { oldestWaiting, openDesk, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pngFile } from '../testbed/files.ts';
import { envelopeOf, postWebhook, statusOf } from '../testbed/webhooks.ts';
import { createWorkers } from '../workers.ts';
import { changeJob, claimJobs, finished, LeaseLostError, leaseMs, recoverJobs } from './jobs.ts';
import { settleInterrupted } from './send-message.ts';

/** Meta, scripted: each call to `messages` is answered by the next of the answers, or accepted. */
interface Meta {
  readonly fetch: typeof fetch;
  readonly bodies: Record<string, unknown>[];
  next: (() => Response | Promise<Response>)[];
}

function scriptedMeta(): Meta {
  const meta: Meta = {
    bodies: [],
    next: [],
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      if (pathname.endsWith('/media')) return Response.json({ id: '555001' });
      if (pathname.endsWith('/27001')) {
        return Response.json({
          url: 'http://graph.test/file',
          mime_type: 'image/png',
          sha256: '',
          file_size: 70,
          id: '27001',
        });
      }
      if (pathname === '/file') return new Response(pngFile());
      const body = (await request.json()) as Record<string, unknown>;
      meta.bodies.push(body);
      const scripted = meta.next.shift();
      if (scripted) return await scripted();
      return Response.json({
        contacts: [{ input: '1', wa_id: '558399142210' }],
        messages: [{ id: `wamid.out${meta.bodies.length}` }],
      });
    },
  };
  return meta;
}

const refusal =
  (code: number, status = 400) =>
  () =>
    Response.json(
      { error: { message: `(#${code}) no`, code, error_data: { details: `Details of ${code}` } } },
      { status },
    );

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  let meta: Meta;
  let conversation: Conversation;
  const running: { stop(): Promise<void> }[] = [];

  beforeEach(async () => {
    opened = await open();
    meta = scriptedMeta();
    desk = openDesk(opened.database, { fetch: meta.fetch });
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana' });
    await workspace.customerSays('+5583999142210', 'Oi');
    conversation = await oldestWaiting(ana);
    await ana.call('POST', `/v1/conversations/${conversation.id}/accept`);
    // The protocol notice has its own tests.
    await opened.database.transaction((tx) => tx.deleteFrom('jobs').execute());
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((workers) => workers.stop()));
    await desk.gateway.close();
    await opened.close();
  });

  const scope = () => ({ db: opened.database, clock: desk.clock });
  const deps = () => ({
    ...scope(),
    log: silentLog,
    adapterOf: () => {
      throw new Error('not used');
    },
  });
  const startWorkers = () => {
    const workers = createWorkers({ ...scope(), media: desk.media, log: silentLog, fetch: meta.fetch });
    running.push(workers);
    workers.start();
  };
  const send = async (text: string) =>
    (await ana.call<Message>('POST', `/v1/conversations/${conversation.id}/messages`, { type: 'text', text })).body;
  const message = async (id: string) =>
    (await ana.call<Message>('GET', `/v1/conversations/${conversation.id}/messages/${id}`)).body;
  const jobs = () => opened.database.read.selectFrom('jobs').selectAll().orderBy('id').execute();
  const job = async (subjectId: string) => (await jobs()).find((row) => row.subjectId === subjectId);
  const becomes = async (subjectId: string, state: string) =>
    await expect.poll(async () => (await job(subjectId))?.state, { timeout: 20_000, interval: 20 }).toBe(state);
  const texts = () => meta.bodies.map(({ text }) => (text as { body: string } | undefined)?.body);

  it('sends in order, with our id along, to the address that the channel uses', async () => {
    const sent = [];
    for (let i = 0; i < 8; i++) sent.push(await send(`Mensagem ${i}`));
    startWorkers();
    await becomes(sent.at(-1)?.id ?? '', 'done');
    expect(texts()).toEqual(Array.from({ length: 8 }, (_, i) => `Mensagem ${i}`));
    expect(meta.bodies[0]).toMatchObject({
      messaging_product: 'whatsapp',
      type: 'text',
      biz_opaque_callback_data: sent[0]?.id,
    });
    const contact = () => opened.database.read.selectFrom('contacts').select('address').executeTakeFirstOrThrow();
    // The ninth digit is learned from the answer, by itself and so a moment later.
    await expect.poll(contact, { interval: 20 }).toEqual({ address: '558399142210' });
    expect((await message(sent[0]?.id ?? '')).status, 'accepted is not yet sent').toBe('pending');
  });

  it('keeps the order also when two processes work, and lets other conversations pass one that waits', async () => {
    await workspace.customerSays('+5583988120042', 'Oi');
    const other = await oldestWaiting(ana);
    await ana.call('POST', `/v1/conversations/${other.id}/accept`);
    await opened.database.transaction((tx) => tx.deleteFrom('jobs').execute());
    meta.next = [refusal(131056)];
    const first = await send('Um');
    const second_ = await send('Dois');
    startWorkers();
    await expect.poll(async () => (await job(first.id))?.lastError, { interval: 20 }).toContain('131056');
    const passing = (
      await ana.call<Message>('POST', `/v1/conversations/${other.id}/messages`, { type: 'text', text: 'Outra' })
    ).body;
    startWorkers();
    await becomes(passing.id, 'done');
    expect((await job(second_.id))?.state).toBe('queued');
    desk.clock.advance(5 * minute);
    await becomes(second_.id, 'done');
    expect(texts()).toEqual(['Um', 'Outra', 'Um', 'Dois']);
  });

  it('never sends again what may have arrived, and believes the status that tells', async () => {
    meta.next = [() => Promise.reject(new TypeError('connection reset'))];
    const sent = await send('Chegou?');
    startWorkers();
    await becomes(sent.id, 'unconfirmed');
    expect((await message(sent.id)).status).toBe('unconfirmed');
    desk.clock.advance(60 * minute);
    await becomes((await send('Depois')).id, 'done');
    expect(texts()).toEqual(['Chegou?', 'Depois']);
    await postWebhook(
      desk,
      envelopeOf(workspace, { statuses: [statusOf('wamid.lost', 'delivered', { biz_opaque_callback_data: sent.id })] }),
      { workspace },
    );
    await expect.poll(async () => (await message(sent.id)).status, { interval: 20 }).toBe('delivered');
  });

  it.each([131047, 131026, 131050, 100])('gives up at once on %i, which cannot get better', async (code) => {
    meta.next = [refusal(code)];
    const sent = await send('Oi');
    startWorkers();
    await becomes(sent.id, 'failed');
    expect(await message(sent.id)).toMatchObject({ status: 'failed', failure: { code: String(code) } });
    expect(meta.bodies).toHaveLength(1);
  });

  it('can be sent again by hand, as a new message that is linked to the old one', async () => {
    meta.next = [refusal(131026)];
    const failed = await send('Oi');
    startWorkers();
    await becomes(failed.id, 'failed');
    const path = `/v1/conversations/${conversation.id}/messages/${failed.id}/resend`;
    const again = (await ana.call<Message>('POST', path)).body;
    expect(again).toMatchObject({ resendOf: failed.id, status: 'pending', content: failed.content });
    await becomes(again.id, 'done');
    expect((await message(failed.id)).status).toBe('failed');
    expect(
      (await ana.call<{ code: string }>('POST', `/v1/conversations/${conversation.id}/messages/${again.id}/resend`))
        .body.code,
    ).toBe('message_not_resendable');
  });

  it('tries again with patience when it is throttled, and gives up after eight times', async () => {
    meta.next = Array.from({ length: 8 }, () => refusal(130429));
    const sent = await send('Oi');
    startWorkers();
    for (let i = 1; i < 8; i++) {
      await expect.poll(async () => (await job(sent.id))?.attempts, { interval: 10, timeout: 20_000 }).toBe(i);
      await becomes(sent.id, 'queued');
      expect(((await job(sent.id))?.runAt ?? 0) - desk.clock.now()).toBeLessThanOrEqual(5 * minute);
      desk.clock.advance(5 * minute + second);
    }
    await becomes(sent.id, 'failed');
    expect(await message(sent.id)).toMatchObject({ status: 'failed', failure: { code: '130429' } });
  }, 180_000);

  it('applies a status that came before the answer to the send', async () => {
    let accept: (response: Response) => void = () => undefined;
    meta.next = [() => new Promise<Response>((resolve) => (accept = resolve))];
    const sent = await send('Oi');
    startWorkers();
    await expect.poll(() => meta.bodies.length, { interval: 10 }).toBe(1);
    await postWebhook(desk, envelopeOf(workspace, { statuses: [statusOf('wamid.early', 'read')] }), { workspace });
    await expect
      .poll(async () => (await opened.database.read.selectFrom('earlyStatuses').select('status').execute()).length, {
        interval: 10,
      })
      .toBe(1);
    accept(Response.json({ messages: [{ id: 'wamid.early' }] }));
    await expect.poll(async () => (await message(sent.id)).status, { interval: 10 }).toBe('read');
    expect(await opened.database.read.selectFrom('earlyStatuses').select('status').execute()).toEqual([]);
  });

  it('uploads a file once and sends it by its id', async () => {
    const upload = await desk.request('/v1/attachments?fileName=foto.png', {
      method: 'POST',
      headers: { authorization: `Bearer ${ana.token}`, 'idempotency-key': crypto.randomUUID() },
      body: pngFile(),
    });
    const { id: attachmentId } = (await upload.json()) as { id: string };
    const sent = (
      await ana.call<Message>('POST', `/v1/conversations/${conversation.id}/messages`, {
        type: 'image',
        attachmentId,
        caption: 'Veja',
      })
    ).body;
    startWorkers();
    await becomes(sent.id, 'done');
    expect(meta.bodies.at(-1)).toMatchObject({ type: 'image', image: { id: '555001', caption: 'Veja' } });
  });

  it('fetches what a customer sends, and tells when it is there', async () => {
    const media = {
      kind: 'image',
      providerMediaId: '27001',
      mimeType: 'image/png',
      fileName: null,
      sha256: null,
    } as const;
    await workspace.customerSends('+5583999142210', { type: 'image', media, caption: null });
    startWorkers();
    const attachmentOf = async () => {
      const { body } = await ana.call<Page<Message>>('GET', `/v1/conversations/${conversation.id}/messages`);
      const found = body.data.find(({ content }) => content.type === 'image');
      return found?.content.type === 'image' ? found.content.attachment : null;
    };
    await expect.poll(async () => (await attachmentOf())?.status, { timeout: 20_000 }).toBe('ready');
    expect(await attachmentOf()).toMatchObject({ mimeType: 'image/png', size: pngFile().size });
    const events = await opened.database.read
      .selectFrom('events')
      .select('type')
      .orderBy('seq', 'desc')
      .limit(1)
      .execute();
    expect(events).toEqual([{ type: 'message.updated' }]);
  });

  it('tells the customer that the assignee has read', async () => {
    await workspace.customerSays('+5583999142210', 'Leu?', { providerId: 'wamid.in' });
    await ana.call('POST', `/v1/conversations/${conversation.id}/read`);
    startWorkers();
    await expect
      .poll(() => meta.bodies.at(-1), { interval: 20 })
      .toMatchObject({ status: 'read', message_id: 'wamid.in' });
  });

  describe('leases', () => {
    it('retries what had not left when its process died, and settles what may have', async () => {
      const before = await send('Antes de chamar');
      const [claimed] = await claimJobs(opened.database, desk.clock.now(), 5);
      expect(claimed?.subjectId).toBe(before.id);
      desk.clock.advance(leaseMs + second);
      expect(await recoverJobs(opened.database, desk.clock.now(), { all: false })).toEqual([]);
      expect((await job(before.id))?.state).toBe('queued');

      const [again] = await claimJobs(opened.database, desk.clock.now(), 5);
      if (!again) throw new Error('nothing to claim');
      await opened.database.transaction((tx) => changeJob(tx, again, { state: 'calling' }));
      desk.clock.advance(leaseMs + second);
      for (const interrupted of await recoverJobs(opened.database, desk.clock.now(), { all: false })) {
        await settleInterrupted(deps(), interrupted);
      }
      expect([(await job(before.id))?.state, (await message(before.id)).status]).toEqual([
        'unconfirmed',
        'unconfirmed',
      ]);
    });

    it('lets a writer that comes too late change nothing', async () => {
      const sent = await send('Oi');
      const [slow] = await claimJobs(opened.database, desk.clock.now(), 1);
      desk.clock.advance(leaseMs + second);
      await recoverJobs(opened.database, desk.clock.now(), { all: false });
      const [fast] = await claimJobs(opened.database, desk.clock.now(), 1);
      if (!slow || !fast) throw new Error('nothing to claim');
      const late = opened.database.transaction((tx) => changeJob(tx, slow, finished('done', desk.clock.now())));
      await expect(late).rejects.toThrow(LeaseLostError);
      expect((await job(sent.id))?.leaseToken).toBe(fast.leaseToken);
    });

    it('gives each job to one process only', async () => {
      for (let i = 0; i < 6; i++) await workspace.customerSays(`+55839881200${10 + i}`, 'Oi');
      const claims = await Promise.all(
        Array.from({ length: 6 }, () => claimJobs(opened.database, desk.clock.now(), 3)),
      );
      const ids = claims.flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });
});
