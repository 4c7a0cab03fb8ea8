import { describe, expect, it } from 'vitest';
import { paths } from '../contract/paths.ts';
import type { ErrorCode } from '../contract/index.ts';
import { errorOf } from '../testing/error-of.ts';
import { settle } from '../testing/manual-clock.ts';
import { idOf, messageOf } from '../testing/samples.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { json, problem } from '../testing/scripted-server.ts';

const send = paths.messages.send;
const one = idOf('cnv', 1);
const text = (value: string, clientId?: string) =>
  ({ type: 'text', text: value, ...(clientId !== undefined && { clientId }) }) as const;

describe('a message that was refused', () => {
  it('is named by its error, so that it can be given up', async () => {
    const { client, server } = scriptedClient();
    server.always(send, () => problem('window_closed', 409));
    const error = await errorOf(client.messages.send(one, text('a')));
    const [pending] = await client.messages.pending();
    expect(error).toMatchObject({ code: 'window_closed', clientId: pending?.clientId });
    expect(client.messages.discardPending((error as { clientId: string }).clientId)).toBe(true);
    expect(await client.messages.pending()).toEqual([]);
  });

  it('is let go in memory alone when a hundred others were refused since, the oldest first', async () => {
    const { client, server, clock } = scriptedClient();
    server.always(send, () => problem('window_closed', 409));
    for (let number = 1; number <= 103; number++) {
      await errorOf(client.messages.send(idOf('cnv', number), text('a', `client-${number}`)));
      await clock.advance(1);
    }
    const kept = (await client.messages.pending()).map(({ clientId }) => clientId);
    expect([kept.length, kept.includes('client-3'), kept.includes('client-4')]).toEqual([100, false, true]);
  });

  it.each<[ErrorCode, string[]]>([
    ['window_closed', ['send_template', 'discard']],
    ['validation_failed', ['edit', 'discard']],
    ['not_found', ['discard']],
    ['type_not_supported', ['discard']],
    ['conversation_not_yours', ['retry', 'discard']],
  ])('%s has only remedies that can help', async (code, remedies) => {
    const { client, server } = scriptedClient();
    server.always(send, () => problem(code, 409));
    await errorOf(client.messages.send(one, text('a')));
    expect((await client.messages.pending())[0]?.remedies).toEqual(remedies);
  });
});

describe('a sender who gives up', () => {
  it('after the answer gives up nothing: what was refused stays to be read', async () => {
    const { client, server } = scriptedClient();
    server.always(send, () => problem('window_closed', 409));
    const late = new AbortController();
    await errorOf(client.messages.send(one, text('a'), { signal: late.signal }));
    late.abort(new DOMException('The operation timed out.', 'TimeoutError'));
    expect(await client.messages.pending()).toMatchObject([{ state: 'failed', error: { code: 'window_closed' } }]);
  });

  it('learns that the time was over, and what kept the message until then', async () => {
    const { client, server } = scriptedClient();
    server.isUp = false;
    const giveUp = new AbortController();
    const sent = errorOf(client.messages.send(one, text('a', 'client-id-a'), { signal: giveUp.signal }));
    await settle();
    const reason = new DOMException('The operation timed out.', 'TimeoutError');
    giveUp.abort(reason);
    expect(await sent).toMatchObject({
      code: 'aborted',
      clientId: 'client-id-a',
      cause: reason,
      message: expect.stringMatching(
        /^unable to send the message; it timed out, and before that: unable to .* did not answer/,
      ) as string,
    });
    expect(await client.messages.pending()).toEqual([]);
  });

  it('of their own will is told that, also of a read', async () => {
    const { client, server } = scriptedClient();
    for (const route of [send, paths.conversations.get]) server.always(route, () => new Promise(() => undefined));
    for (const call of [
      (signal: AbortSignal) => client.messages.send(one, text('a'), { signal }),
      (signal: AbortSignal) => client.conversations.get(one, { signal }),
    ]) {
      const giveUp = new AbortController();
      const given = errorOf(call(giveUp.signal));
      await settle();
      giveUp.abort('enough');
      expect(await given).toMatchObject({
        message: expect.stringMatching(/; it was aborted$/) as string,
        cause: 'enough',
      });
    }
    const late = new AbortController();
    const read = errorOf(client.conversations.get(one, { signal: late.signal }));
    await settle();
    late.abort(new DOMException('late', 'TimeoutError'));
    expect((await read).message).toMatch(/; it timed out$/);
  });
});

it('a conversation that was written to and is over again is in order when it is written to anew', async () => {
  const { client, server } = scriptedClient();
  const texts: string[] = [];
  server.always(send, ({ body }) => {
    const { clientId, text: value } = body as { clientId: string; text: string };
    texts.push(value);
    return json(messageOf(texts.length, { conversationId: one, clientId }));
  });
  await client.messages.send(one, text('a'));
  await settle();
  await Promise.all(['b', 'c', 'd'].map((value) => client.messages.send(one, text(value))));
  expect(texts).toEqual(['a', 'b', 'c', 'd']);
});
