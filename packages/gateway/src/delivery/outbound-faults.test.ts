import type { Conversation, DeadLetter, Message, Page, Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whatsappAdapter } from '../channels/whatsapp/adapter.ts';
import { hour, minute, second } from '../clock.ts';
import { silentLog } from '../log.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { graphRefusal, openSendingDesk, type SendingDesk } from '../testbed/sending-desk.ts';
import { envelopeOf, postWebhook, statusOf } from '../testbed/webhooks.ts';
import { claimJobs, leaseMs, recoverJobs, type LeasedJob } from './jobs.ts';
import { sendMessageJob, settleInterrupted } from './send-message.ts';

forEachEngine((engine, open) => {
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

  const soon = { timeout: 20_000, interval: 20 };
  const textOf = (body: Readonly<Record<string, unknown>>) => (body['text'] as { body?: string } | undefined)?.body;
  const resend = ({ id, conversationId }: Message) =>
    bed.ana.call<Message & Partial<Pick<Problem, 'code'>>>(
      'POST',
      `/v1/conversations/${conversationId}/messages/${id}/resend`,
    );
  const lose = () => Promise.reject<Response>(new TypeError('connection reset'));

  describe('an answer that was lost', () => {
    it('leaves the message unconfirmed; it is not sent again, and a status with our id settles it', async () => {
      bed.graph.answer = ({ body }) => (textOf(body) === 'Chegou?' ? lose() : undefined);
      const message = await bed.says(conversation, 'Chegou?');
      bed.work();
      await bed.becomes(message.id, 'unconfirmed');
      expect((await bed.message(message)).status).toBe('unconfirmed');
      bed.desk.clock.advance(hour);
      await bed.becomes((await bed.says(conversation, 'Depois')).id, 'done');
      expect(bed.graph.texts()).toEqual(['Chegou?', 'Depois']);
      const status = statusOf('wamid.lost', 'delivered', { biz_opaque_callback_data: message.id });
      await postWebhook(bed.desk, envelopeOf(bed.workspace, { statuses: [status] }), bed);
      await expect.poll(async () => (await bed.message(message)).status, soon).toBe('delivered');
      expect((await resend(message)).body.code).toBe('message_not_resendable');
    });

    it('is for people to decide after ten minutes without a status, and then once', async () => {
      bed.graph.answer = lose;
      const message = await bed.says(conversation, 'Chegou?');
      bed.work();
      await bed.becomes(message.id, 'unconfirmed');
      bed.desk.clock.advance(10 * minute - second);
      expect((await resend(message)).body).toMatchObject({ code: 'message_not_resendable' });
      bed.graph.answer = () => undefined;
      bed.desk.clock.advance(second);
      const again = await resend(message);
      expect([again.status, again.body.resendOf]).toEqual([200, message.id]);
      await bed.becomes(again.body.id, 'done');
      expect((await resend(message)).body.code).toBe('message_not_resendable');
      expect(bed.graph.texts()).toEqual(['Chegou?', 'Chegou?']);
    });
  });

  describe('a message that failed', () => {
    it('is sent again once, by whichever way; when that one fails, it is the one to be sent again', async () => {
      bed.graph.answer = () => graphRefusal(131026);
      const message = await bed.says(conversation, 'Segue o boleto');
      bed.work();
      await bed.becomes(message.id, 'failed');
      const answers = await Promise.all([resend(message), resend(message), resend(message)]);
      const [again, ...others] = answers.filter(({ status }) => status === 200);
      expect(others).toEqual([]);
      expect((await resend(message)).body.code).toBe('message_not_resendable');
      if (!again) throw new Error('it was not sent again');
      await bed.becomes(again.body.id, 'failed');
      expect((await resend(message)).body.code).toBe('message_not_resendable');

      bed.graph.answer = () => undefined;
      const { body: letters } = await bed.workspace.server.call<Page<DeadLetter>>('GET', '/v1/dead-letters');
      expect(letters.data.map(({ messageId }) => messageId)).toEqual([again.body.id]);
      const redriven = await bed.workspace.server.call('POST', `/v1/dead-letters/${letters.data[0]?.id}/redrive`);
      expect(redriven.status).toBe(200);
      expect((await resend(again.body)).body.code).toBe('message_not_resendable');
      await expect.poll(() => bed.graph.texts().length, soon).toBe(3);
    });
  });

  describe('too fast', () => {
    /** When each try came, in seconds since the first. */
    const triesOf = (text: string) => {
      const times = bed.graph.calls.filter(({ body }) => textOf(body) === text).map(({ at }) => at);
      return times.map((at) => Math.round((at - (times[0] ?? 0)) / second));
    };
    const passTime = async (until: () => Promise<boolean>, step: number) => {
      await expect
        .poll(
          async () => {
            bed.desk.clock.advance(step);
            return await until();
          },
          { timeout: 25_000, interval: 25 },
        )
        .toBe(true);
    };
    const isDone = async (message: Message) => (await bed.job(message.id))?.state === 'done';

    it('to one person: 4^X seconds for that one, others flow, and the order in the conversation holds', async () => {
      let refusals = 3;
      bed.graph.answer = ({ body }) => (textOf(body) === 'Um' && refusals-- > 0 ? graphRefusal(131056) : undefined);
      const first = await bed.says(conversation, 'Um');
      const second_ = await bed.says(conversation, 'Dois');
      bed.work();
      await expect.poll(() => triesOf('Um').length, soon).toBe(1);
      const other = await bed.attend('+5583988120042');
      await bed.becomes((await bed.says(other, 'Outra')).id, 'done');
      expect((await bed.job(second_.id))?.state).toBe('queued');
      await passTime(() => isDone(second_), 100);
      const [, a = 0, b = 0, c = 0] = triesOf('Um');
      // One second, four, sixteen; a little more, because the clock moves in steps.
      expect([a, b - a, c - b].map((wait, i) => wait >= 4 ** i && wait <= 4 ** i + 3)).toEqual([true, true, true]);
      expect(bed.graph.texts().filter((text) => text === 'Um' || text === 'Dois')).toEqual([
        'Um',
        'Um',
        'Um',
        'Um',
        'Dois',
      ]);
      expect((await bed.message(first)).failure).toBeNull();
    }, 180_000);

    it('for the number: nobody sends for a while, at least for as long as it asks for, at most five minutes', async () => {
      const other = await bed.attend('+5583988120042');
      bed.graph.answer = () => graphRefusal(130429, { headers: { 'Retry-After': '20' } });
      const first = await bed.says(conversation, 'Um');
      bed.work();
      await expect.poll(async () => (await bed.job(first.id))?.lastError, soon).toContain('130429');
      bed.graph.answer = () => undefined;
      const passing = await bed.says(other, 'Outra');
      bed.desk.clock.advance(19 * second);
      await new Promise((resolve) => setTimeout(resolve, 90));
      expect(bed.graph.texts()).toEqual(['Um']);
      bed.desk.clock.advance(second);
      await passTime(async () => (await isDone(first)) && (await isDone(passing)), 50);
      expect(triesOf('Um')[1]).toBeGreaterThanOrEqual(20);

      bed.graph.answer = () => graphRefusal(130429, { headers: { 'Retry-After': '86400' } });
      const last = await bed.says(conversation, 'Fim');
      await expect.poll(async () => (await bed.job(last.id))?.lastError, soon).toContain('130429');
      expect((await bed.job(last.id))?.runAt).toBe(bed.desk.clock.now() + 5 * minute);
    }, 180_000);

    it('never comes of 20 messages that are written in a row, and they leave in order', async () => {
      const sent: Message[] = [];
      for (let i = 0; i < 20; i++) sent.push(await bed.says(conversation, `${i}`));
      bed.work();
      await passTime(() => isDone(sent.at(-1) as Message), 100);
      expect(bed.graph.texts()).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`));
      expect(Math.max(...bed.graph.calls.map(({ at }) => at)) - (bed.graph.calls[0]?.at ?? 0)).toBeLessThan(minute);
    }, 180_000);
  });

  it.each([131047, 131026, 131049, 131050, 132001, 100, 130472])(
    'gives up on %i at the first try, with a reason for people',
    async (code) => {
      bed.graph.answer = () => graphRefusal(code, { status: 500 });
      const message = await bed.says(conversation, 'Oi');
      bed.work();
      await bed.becomes(message.id, 'failed');
      const { status, failure } = await bed.message(message);
      expect([status, failure?.code, Object.keys(failure?.reason ?? {})]).toEqual([
        'failed',
        String(code),
        ['pt-BR', 'en', 'es'],
      ]);
      expect(bed.graph.texts()).toEqual(['Oi']);
    },
  );

  it('has the same reason when a status says that it failed', async () => {
    const message = await bed.says(conversation, 'Oi');
    bed.work();
    await bed.becomes(message.id, 'done');
    const errors = [{ code: 131047, title: 'Re-engagement message', error_data: { details: 'More than 24 hours' } }];
    const status = statusOf('wamid.out1', 'failed', { errors });
    await postWebhook(bed.desk, envelopeOf(bed.workspace, { statuses: [status] }), bed);
    await expect
      .poll(async () => (await bed.message(message)).failure, soon)
      .toMatchObject({
        code: '131047',
        detail: 'More than 24 hours',
        reason: { 'pt-BR': expect.stringContaining('24 horas') as string },
      });
  });

  describe('a worker that stood still for 90 seconds', () => {
    const deps = () => {
      const scope = { db: opened.database, clock: bed.desk.clock, log: silentLog };
      const adapter = whatsappAdapter({ ...scope, media: bed.desk.media, fetch: bed.graph.fetch });
      return { ...scope, adapterOf: () => adapter };
    };
    const claim = async (): Promise<LeasedJob> => {
      const [job] = await claimJobs(opened.database, bed.desk.clock.now(), 1);
      if (!job) throw new Error('nothing to claim');
      return job;
    };
    const { signal } = new AbortController();

    it('before its call sends nothing: somebody else has done it', async () => {
      const message = await bed.says(conversation, 'Uma vez');
      const slow = await claim();
      bed.desk.clock.advance(leaseMs + 30 * second);
      await recoverJobs(opened.database, bed.desk.clock.now(), { all: false });
      await sendMessageJob(deps(), await claim(), signal);
      // What it finds is a message that has left; what it does not find, it may no longer do.
      await sendMessageJob(deps(), slow, signal).catch((error: unknown) => expect(String(error)).toMatch(/LeaseLost/));
      expect(bed.graph.texts()).toEqual(['Uma vez']);
      expect((await bed.job(message.id))?.state).toBe('done');
    });

    it('before its call sends nothing, although the message still waits', async () => {
      await bed.says(conversation, 'Uma vez');
      const slow = await claim();
      bed.desk.clock.advance(leaseMs + 30 * second);
      await recoverJobs(opened.database, bed.desk.clock.now(), { all: false });
      const fast = await claim();
      await expect(sendMessageJob(deps(), slow, signal)).rejects.toThrow();
      expect(bed.graph.texts()).toEqual([]);
      await sendMessageJob(deps(), fast, signal);
      expect(bed.graph.texts()).toEqual(['Uma vez']);
    });

    it('within its call has sent once: nobody else does', async () => {
      const message = await bed.says(conversation, 'Uma vez');
      bed.graph.answer = async () => {
        bed.desk.clock.advance(leaseMs + 30 * second);
        for (const job of await recoverJobs(opened.database, bed.desk.clock.now(), { all: false })) {
          await settleInterrupted(deps(), job);
        }
        return undefined;
      };
      await expect(sendMessageJob(deps(), await claim(), signal)).rejects.toThrow();
      bed.graph.answer = () => undefined;
      expect((await bed.message(message)).status).toBe('unconfirmed');
      bed.work();
      await bed.becomes((await bed.says(conversation, 'Depois')).id, 'done');
      expect(bed.graph.texts()).toEqual(['Uma vez', 'Depois']);
      const status = statusOf('wamid.out1', 'sent', { biz_opaque_callback_data: message.id });
      await postWebhook(bed.desk, envelopeOf(bed.workspace, { statuses: [status] }), bed);
      await expect.poll(async () => (await bed.message(message)).status, soon).toBe('sent');
    });
  });

  it.each([hour, -hour])('neither loses a lease nor sends twice when the clock jumps by %i ms', async (jump) => {
    let answer: () => void = () => undefined;
    bed.graph.answer = ({ body }) =>
      textOf(body) === 'Devagar'
        ? new Promise<undefined>((resolve) => {
            answer = () => resolve(undefined);
          })
        : undefined;
    const slow = await bed.says(conversation, 'Devagar');
    bed.work();
    await expect.poll(() => bed.graph.texts(), soon).toEqual(['Devagar']);
    // Another process, whose clock has jumped. SQLite has one.
    if (engine === 'postgres') bed.work();
    bed.desk.clock.advance(jump);
    for (let round = 0; round < 3; round++) {
      opened.database.wake({ topic: 'jobs' });
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    expect((await bed.job(slow.id))?.state).toBe('calling');
    answer();
    await bed.becomes(slow.id, 'done');
    const next = await bed.says(conversation, 'Depois');
    await bed.becomes(next.id, 'done');
    expect(bed.graph.texts()).toEqual(['Devagar', 'Depois']);
  });
});
