import type { Conversation, DeadLetter, Message, Page, Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { day, minute, second } from '../clock.ts';
import { deadLetter } from '../testbed/dead-letters.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pngFile } from '../testbed/files.ts';
import { graphRefusal, openSendingDesk, type SendingDesk } from '../testbed/sending-desk.ts';

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let bed: SendingDesk;
  let conversation: Conversation;

  beforeEach(async () => {
    opened = await open();
    bed = await openSendingDesk(opened.database);
    conversation = await bed.attend('+5583999142210');
  });
  afterEach(async () => {
    await bed.close();
    await opened.close();
  });

  const list = async (query = '', caller = bed.workspace.server) =>
    (await caller.call<Page<DeadLetter>>('GET', `/v1/dead-letters${query}`)).body;
  const redrive = (id: string, headers?: Record<string, string>) =>
    bed.workspace.server.call<Problem & DeadLetter>('POST', `/v1/dead-letters/${id}/redrive`, undefined, headers);
  /** Time passes until the job has come to its end. */
  const ends = async (subjectId: string, state: string) => {
    await expect
      .poll(
        async () => {
          bed.desk.clock.advance(5 * minute + second);
          return (await bed.job(subjectId))?.state;
        },
        { timeout: 20_000, interval: 30 },
      )
      .toBe(state);
  };

  it('has a message that failed eight times, with every error, and sends it once', async () => {
    let times = 0;
    bed.graph.answer = ({ path }) =>
      path.endsWith('/messages') && times++ < 8
        ? graphRefusal(times % 2 === 0 ? 131016 : 130429, { status: 500 })
        : undefined;
    const message = await bed.says(conversation, 'Insisto');
    bed.work();
    await ends(message.id, 'failed');
    const { data } = await list();
    expect(data).toEqual([
      {
        id: expect.stringMatching(/^job_/) as string,
        kind: 'message',
        channelId: bed.workspace.channel.id,
        conversationId: conversation.id,
        messageId: message.id,
        attempts: 8,
        errors: Array.from({ length: 8 }, (_, i) => ({
          at: expect.any(String) as string,
          error: i % 2 === 0 ? '130429: Details of 130429' : '131016: Details of 131016',
        })),
        createdAt: expect.any(String) as string,
        failedAt: expect.any(String) as string,
      },
    ]);
    const times_ = data[0]?.errors.map(({ at }) => at) ?? [];
    expect(times_).toEqual([...times_].sort());

    const id = data[0]?.id ?? '';
    const answers = await Promise.all([redrive(id), redrive(id), redrive(id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    expect(await list()).toEqual({ data: [], nextCursor: null });
    const { body: thread } = await bed.ana.call<Page<Message>>('GET', `/v1/conversations/${conversation.id}/messages`);
    const again = thread.data.find(({ resendOf }) => resendOf === message.id);
    expect(again).toMatchObject({ author: { kind: 'agent', name: 'Ana' }, content: message.content });
    await bed.becomes(again?.id ?? '', 'done');
    expect(bed.graph.texts()).toHaveLength(9);
    expect((await bed.message(message)).status).toBe('failed');
  }, 180_000);

  it('answers a repeated request as the first time, and does nothing more', async () => {
    const { id } = await deadLetter(bed.desk, bed.workspace, conversation.id);
    const key = { 'idempotency-key': 'redrive-1' };
    const [first, second_] = [await redrive(id, key), await redrive(id, key)];
    expect([first.status, second_.status, second_.body]).toEqual([200, 200, first.body]);
    const sent = await opened.database.read
      .selectFrom('messages')
      .select('id')
      .where('resendOf', 'is not', null)
      .execute();
    expect(sent).toHaveLength(1);
  });

  it('no longer has what somebody sent again from the conversation', async () => {
    const { messageId } = await deadLetter(bed.desk, bed.workspace, conversation.id);
    expect((await list()).data).toHaveLength(1);
    await bed.ana.call('POST', `/v1/conversations/${conversation.id}/messages/${messageId}/resend`);
    expect((await list()).data).toEqual([]);
  });

  it('keeps what cannot be sent now, and says why', async () => {
    const { id } = await deadLetter(bed.desk, bed.workspace, conversation.id);
    bed.desk.clock.advance(day + minute);
    expect((await redrive(id)).body.code).toBe('window_closed');
    expect((await list()).data.map((letter) => letter.id)).toEqual([id]);
    expect((await redrive(`job_${'0'.repeat(26)}`)).body.code).toBe('not_found');
  });

  it('lists page by page, newest first, and only for who may see it', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      ids.unshift((await deadLetter(bed.desk, bed.workspace, conversation.id)).id);
      bed.desk.clock.advance(second);
    }
    const first = await list('?limit=2');
    const second_ = await list(`?limit=2&cursor=${first.nextCursor ?? ''}`);
    const third = await list(`?limit=2&cursor=${second_.nextCursor ?? ''}`);
    expect([...first.data, ...second_.data, ...third.data].map(({ id }) => id)).toEqual(ids);
    expect(third.nextCursor).toBeNull();
    const chefe = await bed.workspace.agent('chefe', { role: 'administrator' });
    expect((await list('', chefe)).data).toHaveLength(5);
    expect((await bed.ana.call<Problem>('GET', '/v1/dead-letters')).body.code).toBe('forbidden');
    expect((await bed.ana.call<Problem>('POST', `/v1/dead-letters/${ids[0]}/redrive`)).body.code).toBe('forbidden');
  });

  it('fetches a file of a customer that could not be fetched once more', async () => {
    const media = {
      kind: 'image',
      providerMediaId: '27001',
      mimeType: 'image/png',
      fileName: null,
      sha256: null,
    } as const;
    await bed.workspace.customerSends('+5583999142210', { type: 'image', media, caption: null });
    bed.graph.answer = ({ path }) => (path.endsWith('/27001') ? graphRefusal(100) : undefined);
    bed.work();
    const file = async () => {
      const { body } = await bed.ana.call<Page<Message>>('GET', `/v1/conversations/${conversation.id}/messages`);
      const found = body.data.find(({ content }) => content.type === 'image');
      return found?.content.type === 'image' ? found.content.attachment : null;
    };
    await expect.poll(async () => (await file())?.status, { timeout: 20_000 }).toBe('failed');
    const [letter] = (await list()).data;
    expect(letter).toMatchObject({
      kind: 'file',
      conversationId: conversation.id,
      errors: [{ error: 'Details of 100' }],
    });
    bed.graph.answer = ({ path }) => {
      if (path.endsWith('/27001')) return Response.json({ url: 'http://graph.test/file', mime_type: 'image/png' });
      return path === '/file' ? new Response(pngFile()) : undefined;
    };
    expect((await redrive(letter?.id ?? '')).status).toBe(200);
    await expect.poll(async () => (await file())?.status, { timeout: 20_000 }).toBe('ready');
    expect((await list()).data).toEqual([]);
  });
});
