import type { Conversation } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { minute, second } from '../clock.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { graphRefusal, openSendingDesk, type GraphCall, type SendingDesk } from '../testbed/sending-desk.ts';

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

  const soon = { timeout: 20_000, interval: 20 };
  const status = async () => (await bed.channel()).status;
  const expired = () => graphRefusal(190, { status: 401 });
  const isProbe = ({ method }: GraphCall) => method === 'GET';
  const probes = () => bed.graph.calls.filter(isProbe);

  it.each([
    [0, 'token_invalid'],
    [190, 'token_invalid'],
    [3, 'permission_missing'],
    [10, 'permission_missing'],
    [200, 'permission_missing'],
    [131005, 'permission_missing'],
  ])('pauses on %i, says that it is %s, and loses nothing of what is to be sent', async (code, expected) => {
    bed.graph.answer = () => graphRefusal(code, { status: 403 });
    const first = await bed.says(conversation, 'Um');
    bed.work();
    await expect.poll(status, soon).toBe(expected);
    const second_ = await bed.says(conversation, 'Dois');
    const other = await bed.says(await bed.attend('+5583988120042'), 'Outra');
    expect(await bed.channel()).toMatchObject({
      lastError: `${code}: Details of ${code}`,
      lastErrorAt: bed.desk.clock.now(),
    });
    // Long enough for another round to have claimed them.
    await new Promise((resolve) => setTimeout(resolve, 90));
    for (const { id } of [first, second_, other]) expect((await bed.job(id))?.state).toBe('queued');
    expect((await bed.message(first)).status).toBe('pending');
    expect(bed.graph.texts()).toEqual(['Um']);
  });

  it('goes on by itself, in order, once a probe succeeds, and is asked once a minute', async () => {
    bed.graph.answer = () => expired();
    const first = await bed.says(conversation, 'Um');
    bed.work();
    await expect.poll(status, soon).toBe('token_invalid');
    const last = await bed.says(conversation, 'Dois');
    bed.desk.clock.advance(59 * second);
    await new Promise((resolve) => setTimeout(resolve, 90));
    expect(probes()).toEqual([]);
    bed.desk.clock.advance(second);
    await expect.poll(() => probes().length, soon).toBe(1);
    expect(await status()).toBe('token_invalid');
    bed.graph.answer = () => undefined;
    bed.desk.clock.advance(minute);
    await bed.becomes(last.id, 'done');
    expect(bed.graph.texts()).toEqual(['Um', 'Um', 'Dois']);
    expect(await bed.channel()).toMatchObject({ status: 'healthy', pausedVersion: null });
    expect((await bed.message(first)).failure).toBeNull();
  });

  it('goes on at once with a new token', async () => {
    bed.graph.answer = ({ token }) => (token === 'Bearer new-token' ? undefined : expired());
    const message = await bed.says(conversation, 'Um');
    bed.work();
    await expect.poll(status, soon).toBe('token_invalid');
    await bed.configure({ accessToken: 'new-token' });
    await bed.becomes(message.id, 'done');
    expect(await status()).toBe('healthy');
    expect(probes()).toEqual([]);
  });

  it('holds other numbers up in nothing', async () => {
    const other = await bed.desk.workspace('Outra');
    bed.graph.answer = ({ path }) => (path.includes(bed.workspace.channel.externalId) ? expired() : undefined);
    const message = await bed.says(conversation, 'Um');
    await other.customerSays('+5583988120042', 'Oi');
    bed.work();
    await expect.poll(status, soon).toBe('token_invalid');
    const theirs = () =>
      opened.database.read.selectFrom('jobs').select('state').where('channelId', '=', other.channel.id).execute();
    await expect.poll(async () => (await theirs()).every(({ state }) => state === 'done'), soon).toBe(true);
    expect((await theirs()).length).toBeGreaterThan(0);
    expect((await bed.job(message.id))?.state).toBe('queued');
  });

  it('gives up the message, not the number, when that one is refused each time the number is let in', async () => {
    bed.graph.answer = ({ body }) =>
      (body['text'] as { body?: string } | undefined)?.body === 'Este não'
        ? graphRefusal(10, { status: 403 })
        : undefined;
    const bad = await bed.says(conversation, 'Este não');
    bed.work();
    await expect
      .poll(
        async () => {
          bed.desk.clock.advance(minute);
          return (await bed.job(bad.id))?.state;
        },
        { timeout: 30_000, interval: 50 },
      )
      .toBe('failed');
    const { failure } = await bed.message(bad);
    expect(failure).toMatchObject({ code: '10', reason: { 'pt-BR': expect.any(String) as string } });
    const fine = await bed.says(conversation, 'Este sim');
    await expect
      .poll(
        async () => {
          bed.desk.clock.advance(minute);
          return (await bed.job(fine.id))?.state;
        },
        { timeout: 20_000, interval: 50 },
      )
      .toBe('done');
  }, 180_000);

  it('says when the account is restricted, gives up the message and tries the next', async () => {
    bed.graph.answer = () => graphRefusal(131031, { status: 403 });
    const message = await bed.says(conversation, 'Um');
    bed.work();
    await bed.becomes(message.id, 'failed');
    expect(await bed.channel()).toMatchObject({ status: 'restricted', pausedVersion: null });
    bed.graph.answer = () => undefined;
    await bed.becomes((await bed.says(conversation, 'Dois')).id, 'done');
    expect(await status()).toBe('healthy');
  });

  it('waits for a configuration that can be read', async () => {
    const { config } = await bed.channel();
    const message = await bed.says(conversation, 'Um');
    await bed.configure({ accessToken: '' });
    bed.work();
    await expect.poll(status, soon).toBe('misconfigured');
    expect((await bed.job(message.id))?.state).toBe('queued');
    await bed.configure(JSON.parse(config) as object);
    await bed.becomes(message.id, 'done');
  });
});
