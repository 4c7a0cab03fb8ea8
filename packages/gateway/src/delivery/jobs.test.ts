import type { Conversation, Message } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hour, second } from '../clock.ts';
import { silentLog } from '../log.ts';
import { oldestWaiting, openDesk, type Caller, type TestDesk } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { createWorkers } from '../workers.ts';
import { changeJob, claimJobs, finished, leaseMs, leasesOfOthers, recoverJobs } from './jobs.ts';

forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let ana: Caller;
  let conversation: Conversation;
  let answer: (() => void) | null;

  /** Meta, which answers when the test says so. */
  const slowMeta: typeof fetch = async () => {
    await new Promise<void>((resolve) => (answer = resolve));
    return Response.json({ messages: [{ id: 'wamid.slow' }] });
  };

  beforeEach(async () => {
    answer = null;
    opened = await open();
    desk = openDesk(opened.database, { fetch: slowMeta });
    const workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana' });
    await workspace.customerSays('+5583999142210', 'Oi');
    conversation = await oldestWaiting(ana);
    await ana.call('POST', `/v1/conversations/${conversation.id}/accept`);
    await opened.database.transaction((tx) => tx.deleteFrom('jobs').execute());
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const send = async (text: string) =>
    (await ana.call<Message>('POST', `/v1/conversations/${conversation.id}/messages`, { type: 'text', text })).body.id;
  const claimed = async () => (await claimJobs(opened.database, desk.clock.now(), 5)).map((job) => job.subjectId);
  const jobOf = (messageId: string) =>
    opened.database.read.selectFrom('jobs').selectAll().where('subjectId', '=', messageId).executeTakeFirstOrThrow();

  /** As another process would have numbered them, whose transaction began earlier and waited for the conversation. */
  const swapJobIds = async (a: string, b: string) => {
    const [first, second] = [await jobOf(a), await jobOf(b)];
    await opened.database.transaction(async (tx) => {
      for (const [from, to] of [
        [first.id, 'job_swap'],
        [second.id, first.id],
        ['job_swap', second.id],
      ] as const) {
        await tx.updateTable('jobs').set({ id: to }).where('id', '=', from).execute();
      }
    });
  };

  it('sends in the order of the thread, whatever the order of the ids', async () => {
    const [one, two] = [await send('1'), await send('2')];
    await swapJobIds(one, two);
    expect(await claimed()).toEqual([one]);
  });

  it('never runs two jobs of a conversation at once, also when the later one has the earlier id', async () => {
    const one = await send('1');
    expect(await claimed()).toEqual([one]);
    const two = await send('2');
    await swapJobIds(one, two);
    expect(await claimed()).toEqual([]);

    const running = await jobOf(one);
    await opened.database.transaction((tx) =>
      changeJob(tx, { ...running, leaseToken: running.leaseToken ?? '' }, finished('done', desk.clock.now())),
    );
    expect(await claimed()).toEqual([two]);
  });

  describe.each(['running', 'calling'])('of the leases that seem to have ended, of a job that is %s,', (state) => {
    const held = (messageId: string, lease: object = {}) =>
      opened.database.transaction((tx) =>
        tx
          .updateTable('jobs')
          .set({ state, leaseUntil: desk.clock.now(), ...lease })
          .where('subjectId', '=', messageId)
          .execute(),
      );
    const seenToEnd = () => leasesOfOthers(opened.database, []);
    const recovered = async (only: Awaited<ReturnType<typeof seenToEnd>>) => {
      const interrupted = await recoverJobs(opened.database, desk.clock.now(), { all: false, only });
      return interrupted.map(({ subjectId }) => subjectId);
    };

    it('takes those that are as they were seen', async () => {
      const id = await send('Oi');
      await held(id, { leaseToken: 'dead' });
      expect(await recovered(await seenToEnd())).toEqual(state === 'calling' ? [id] : []);
      expect(await jobOf(id)).toMatchObject(state === 'calling' ? { leaseToken: 'dead' } : { state: 'queued' });
    });

    it.each([
      ['somebody else has taken the job', { leaseToken: 'other' }],
      ['its holder has renewed it', { leaseToken: 'dead' }],
    ])('leaves the one of which in the meantime %s', async (_what, lease) => {
      const id = await send('Oi');
      await held(id, { leaseToken: 'dead' });
      const ended = await seenToEnd();
      const leaseUntil = desk.clock.now() + leaseMs;
      await held(id, { ...lease, leaseUntil });
      expect(await recovered(ended)).toEqual([]);
      expect(await jobOf(id)).toMatchObject({ state, leaseToken: lease.leaseToken, leaseUntil });
    });
  });

  it('keeps what it is sending when the clock jumps', async () => {
    const workers = createWorkers({
      db: opened.database,
      clock: desk.clock,
      media: desk.media,
      log: silentLog,
      fetch: slowMeta,
    });
    workers.start();
    const id = await send('Oi');
    await expect.poll(() => answer, { interval: 20, timeout: 20_000 }).not.toBeNull();
    desk.clock.advance(hour);
    // A wake-up makes the worker look for leases that ran out.
    for (let round = 0; round < 3; round++) {
      opened.database.wake({ topic: 'jobs' });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await jobOf(id)).state).toBe('calling');
    answer?.();
    await expect.poll(async () => (await jobOf(id)).state, { interval: 20, timeout: 20_000 }).toBe('done');
    await workers.stop();
    expect((await jobOf(id)).finishedAt).toBeGreaterThan(desk.clock.now() - second);
  });
});
