import { describe, expect, it } from 'vitest';
import { createClient } from './create-client.ts';
import { paths } from '../contract/paths.ts';
import { hasCode, isProsaError } from '../errors/prosa-error.ts';
import { errorOf } from '../testing/error-of.ts';
import { settle } from '../testing/manual-clock.ts';
import { agentOf, conversationOf, idOf } from '../testing/samples.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { json, problem } from '../testing/scripted-server.ts';

const id = idOf('cnv', 1);

describe('a request', () => {
  it('carries the token, and a key when it changes something', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.conversations.accept, () => json(conversationOf(1)));
    await client.conversations.accept(id);
    await client.conversations.accept(id, { idempotencyKey: 'my-own-key' });
    await client.agents.me();
    const [first, second, me] = server.requests;
    expect(first?.headers.get('authorization')).toBe('Bearer token-1');
    expect(first?.headers.get('idempotency-key')).toMatch(/^[\x21-\x7e]{8,128}$/);
    expect(second?.headers.get('idempotency-key')).toBe('my-own-key');
    expect(me?.headers.has('idempotency-key')).toBe(false);
  });

  it('has an id, the same for each try, which is in its error', async () => {
    const { client, server, clock } = scriptedClient();
    server.isUp = false;
    const call = errorOf(client.agents.me());
    await clock.advance(1000);
    const { requestId } = await call;
    expect(requestId).toMatch(/^[\w-]{8,64}$/);
    expect(server.requests.map(({ headers }) => headers.get('x-request-id'))).toEqual([
      requestId,
      requestId,
      requestId,
    ]);
    server.isUp = true;
    await client.agents.me();
    expect(server.requests.at(-1)?.headers.get('x-request-id')).not.toBe(requestId);
  });

  it('goes by the id that the server gave it, where it gave one', async () => {
    const { client, server, clock } = scriptedClient({ timeoutMs: 5000 });
    const page = '<html>too large</html>';
    server.next(paths.agents.me, () => new Response(page, { status: 413, headers: { 'x-request-id': 'proxy-1' } }));
    expect(await errorOf(client.agents.me())).toMatchObject({ requestId: 'proxy-1' });
    server.next(paths.agents.me, () => new Response(page));
    const sent = () => server.requests.at(-1)?.headers.get('x-request-id');
    expect(await errorOf(client.agents.me())).toMatchObject({ code: 'unexpected_response', requestId: sent() });
    server.always(paths.agents.me, () => new Promise(() => undefined));
    const late = errorOf(client.agents.me());
    await clock.advance(11_000);
    expect(await late).toMatchObject({ code: 'timeout', requestId: sent() });
  });

  it('leaves unknown fields alone', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.agents.me, () => json({ ...agentOf(), mood: 'good' }));
    expect(await client.agents.me()).toMatchObject({ mood: 'good' });
  });

  it('gives the problem document as an error that names who must act', async () => {
    const { client, server } = scriptedClient();
    const owner = { id: idOf('agt', 2), name: 'Carla' };
    server.always(paths.conversations.accept, () =>
      problem('conversation_taken', 409, { owner, detail: 'Carla took it first' }),
    );
    const error = await errorOf(client.conversations.accept(id));
    expect(isProsaError(error)).toBe(true);
    expect(error).toMatchObject({
      code: 'conversation_taken',
      status: 409,
      owner,
      retryable: false,
      requestId: 'req_1',
    });
    expect(error.message).toMatch(/^unable to call POST .*; Carla took it first$/);
    expect(server.requests).toHaveLength(1);
  });

  it('lists the fields that were refused', async () => {
    const { client, server } = scriptedClient();
    const errors = [{ path: 'body.name', message: 'must not be empty' }];
    server.always(paths.customers.create, () => problem('validation_failed', 422, { errors }));
    const error = await errorOf(client.customers.create({ name: '' }));
    expect(error.errors).toEqual(errors);
    expect(error.message).toContain('body.name must not be empty');
  });

  it('says that something else answered when the answer is not ours', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.agents.me, () => new Response('<html>log in</html>'));
    expect(await errorOf(client.agents.me())).toMatchObject({ code: 'unexpected_response', status: 200 });
    server.always(paths.agents.me, () => new Response('<html>no</html>', { status: 404 }));
    expect(await errorOf(client.agents.me())).toMatchObject({
      code: 'unexpected_response',
      status: 404,
      problem: null,
    });
  });

  it('refuses ids that would change the path, without asking', async () => {
    const { client, server } = scriptedClient();
    for (const bad of ['', '.', '..']) {
      expect(await errorOf(client.conversations.get(bad))).toMatchObject({ code: 'invalid_argument' });
    }
    server.always(paths.conversations.get, () => json(conversationOf(1)));
    await client.conversations.get('../agents?x#y');
    expect(server.requests.map(({ path }) => path)).toEqual(['/v1/conversations/..%2Fagents%3Fx%23y']);
  });

  it('keeps tokens and causes out of what is logged', async () => {
    const { client, server } = scriptedClient();
    server.isUp = false;
    const call = errorOf(client.agents.me());
    await settle();
    client.destroy();
    const error = await call;
    expect(JSON.stringify(error)).not.toContain('token-1');
    const logged = JSON.parse(JSON.stringify(error)) as object;
    expect(Object.keys(logged).sort()).toEqual(['code', 'message', 'name', 'retryable']);
  });
});

describe('retries', () => {
  it('tries a read three times, with growing waits, and then says why it may be', async () => {
    const { client, server, clock } = scriptedClient();
    server.isUp = false;
    const call = errorOf(client.agents.me());
    await clock.advance(0);
    expect(server.requests).toHaveLength(1);
    await clock.advance(250);
    expect(server.requests).toHaveLength(2);
    await clock.advance(500);
    const error = await call;
    expect(server.requests).toHaveLength(3);
    expect(error).toMatchObject({ code: 'connection_failed', retryable: true, name: 'ConnectionError' });
    expect(error.message).toMatch(/chat\.prosa\.example did not answer.*online and it runs there$/);
  });

  it('repeats a command with the same key', async () => {
    const { client, server, clock } = scriptedClient();
    server.always(paths.conversations.accept, () => json(conversationOf(1)));
    server.next(paths.conversations.accept, () => problem('unavailable', 503));
    const call = client.conversations.accept(id);
    await clock.advance(1000);
    await call;
    const keys = server.requests.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it('waits as long as the server asks', async () => {
    const { client, server, clock } = scriptedClient();
    server.next(paths.agents.me, () => problem('rate_limited', 429, {}, { 'retry-after': '7' }));
    const call = client.agents.me();
    await clock.advance(6900);
    expect(server.requests).toHaveLength(1);
    await clock.advance(200);
    await call;
    expect(server.requests).toHaveLength(2);
  });

  it('waits until the date that the server names, and asks nothing of one that is over', async () => {
    const { client, server, clock } = scriptedClient();
    const at = (waitMs: number) => new Date(clock.now() + waitMs).toUTCString();
    server.next(paths.agents.me, () => problem('unavailable', 503, {}, { 'retry-after': at(7000) }));
    const call = client.agents.me();
    await clock.advance(5900);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1200);
    await call;
    expect(server.requests).toHaveLength(2);
    for (const over of [at(-60_000), 'soon', '-1', '0', '']) {
      server.next(paths.agents.me, () => problem('internal', 500, {}, { 'retry-after': over }));
      expect((await errorOf(client.agents.me())).retryAfterMs).toBeUndefined();
    }
  });

  it('spreads the tries of many clients over the whole wait', async () => {
    const waits = [0, 0.5, 0.999].map(async (random) => {
      const { client, server, clock } = scriptedClient();
      Object.assign(clock, { random: () => random });
      server.next(paths.agents.me, () => problem('unavailable', 503));
      const startedAt = clock.now();
      let waitedMs = 0;
      server.always(paths.agents.me, () => {
        waitedMs = clock.now() - startedAt;
        return json(agentOf());
      });
      server.next(paths.agents.me, () => problem('unavailable', 503));
      const call = client.agents.me();
      for (let step = 0; step < 50; step++) await clock.advance(10);
      await call;
      return waitedMs;
    });
    const [shortest = 0, middle = 0, longest = 0] = await Promise.all(waits);
    expect(shortest).toBe(100);
    expect(middle).toBe(250);
    expect(longest).toBeGreaterThan(390);
    expect(longest).toBeLessThanOrEqual(400);
  });

  it('leaves a long wait to the caller', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.agents.me, () => problem('rate_limited', 429, {}, { 'retry-after': '3600' }));
    expect(await errorOf(client.agents.me())).toMatchObject({ code: 'rate_limited', retryAfterMs: 3_600_000 });
    expect(server.requests).toHaveLength(1);
  });

  it.each([400, 403, 404, 409, 422, 500])('does not repeat after %i', async (status) => {
    const { client, server } = scriptedClient();
    server.always(paths.agents.me, () => problem('internal', status));
    expect(await errorOf(client.agents.me())).toMatchObject({ status });
    expect(server.requests).toHaveLength(1);
  });
});

describe('giving up', () => {
  it('comes after the time limit and one more try, though there is never an answer', async () => {
    const { client, server, clock } = scriptedClient({ timeoutMs: 5000 });
    server.always(paths.conversations.accept, () => new Promise(() => undefined));
    const call = errorOf(client.conversations.accept(id));
    await clock.advance(11_000);
    expect(await call).toMatchObject({ code: 'timeout', retryable: true });
    expect(clock.pending).toBe(0);
    const keys = server.requests.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).toEqual([keys[0], keys[0]]);
  });

  it('does not come while the key is at hand: who repeats a call without it may do it twice', async () => {
    const { client, server, clock } = scriptedClient({ timeoutMs: 5000 });
    server.always(paths.conversations.accept, () => json(conversationOf(1)));
    server.next(paths.conversations.accept, () => new Promise(() => undefined));
    const call = client.conversations.accept(id);
    await clock.advance(6000);
    expect(await call).toMatchObject({ id });
  });

  it('comes after one try with a file: it would have to be sent again from its beginning', async () => {
    const { client, server, clock } = scriptedClient();
    server.always(paths.attachments.upload, () => new Promise(() => undefined));
    const call = errorOf(client.attachments.upload(new Blob(['x']), { fileName: 'x.txt' }));
    await clock.advance(30 * 60_000);
    expect(await call).toMatchObject({ code: 'timeout' });
    expect(server.requests).toHaveLength(1);
  });

  it('rejects with `aborted` before, during and between tries', async () => {
    const { client, server, clock } = scriptedClient();
    expect(await errorOf(client.agents.me({ signal: AbortSignal.abort() }))).toMatchObject({ code: 'aborted' });
    expect(server.requests).toHaveLength(0);
    const during = new AbortController();
    server.always(paths.agents.me, () => new Promise(() => undefined));
    const first = errorOf(client.agents.me({ signal: during.signal }));
    await settle();
    during.abort();
    expect(await first).toMatchObject({ code: 'aborted' });
    const between = new AbortController();
    server.isUp = false;
    const second = errorOf(client.agents.me({ signal: between.signal }));
    await settle();
    between.abort();
    expect(await second).toMatchObject({ code: 'aborted' });
    expect(clock.pending).toBe(0);
  });

  it('ends with the client', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.agents.me, () => new Promise(() => undefined));
    const call = errorOf(client.agents.me());
    await settle();
    client.destroy();
    client.destroy();
    expect(await call).toMatchObject({ code: 'aborted' });
    expect(await errorOf(client.agents.me())).toMatchObject({ code: 'client_destroyed' });
  });
});

describe('the token', () => {
  it('is asked for once by calls at the same time, and again when it has expired', async () => {
    let asked = 0;
    const { client, server } = scriptedClient({ token: () => Promise.resolve(`token-${++asked}`) });
    server.always(paths.agents.me, ({ headers }) =>
      headers.get('authorization') === 'Bearer token-1' ? problem('token_expired', 401) : json(agentOf()),
    );
    await Promise.all([client.agents.me(), client.agents.me(), client.agents.me()]);
    expect(asked).toBe(2);
    expect(server.requests).toHaveLength(6);
  });

  it('is replaced once a call: a second refusal is the answer', async () => {
    let asked = 0;
    const { client, server } = scriptedClient({ token: () => `token-${++asked}` });
    server.always(paths.agents.me, () => problem('token_expired', 401));
    expect(await errorOf(client.agents.me())).toMatchObject({ code: 'token_expired', status: 401 });
    expect(asked).toBe(2);
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    [null, '(a new token: check the clocks)'],
    [
      4,
      '(a new token, and the clock here agrees with the gateway: check the clock of what signs it, and that it is new)',
    ],
    [240, "(a new token: check the clocks; that of this device is 240 s behind the gateway's)"],
    [-3600, "(a new token: check the clocks; that of this device is 3600 s ahead of the gateway's)"],
  ])(
    'that has expired while it was new tells of clocks, where that of the gateway is %s s ahead',
    async (ahead, hint) => {
      let asked = 0;
      const { client, server, clock } = scriptedClient({ token: () => `token-${++asked}` });
      const date = ahead !== null && { date: new Date(clock.now() + ahead * 1000).toUTCString() };
      server.always(paths.agents.me, () => problem('token_expired', 401, {}, { ...date }));
      expect((await errorOf(client.agents.me())).message).toBe(
        `unable to call GET /v1/agents/me; token_expired ${hint}`,
      );
      server.always(paths.agents.me, () => problem('forbidden', 403, {}, { ...date }));
      expect((await errorOf(client.agents.me())).message).toMatch(/; forbidden$/);
    },
  );

  it('that stays the same is not sent again', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.agents.me, () => problem('token_expired', 401));
    await errorOf(client.agents.me());
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('session over'))],
    [
      'throws at once',
      () => {
        throw new Error('session over');
      },
    ],
    ['returns nothing', () => undefined as unknown as string],
    ['returns an empty text', () => ''],
  ])('function that %s gives an AuthError', async (_, token) => {
    const { client, server } = scriptedClient({ token });
    expect(await errorOf(client.agents.me())).toMatchObject({ code: 'token_unavailable', name: 'AuthError' });
    expect(server.requests).toHaveLength(0);
  });

  it.each(['eyJ…', 'to ken', 'caminhão', '<html>\n</html>'])(
    'function that returns "%s" gives an AuthError',
    async (token) => {
      const { client, server } = scriptedClient({ token: () => token });
      const error = await errorOf(client.agents.me());
      expect(error).toMatchObject({ code: 'token_unavailable', name: 'AuthError' });
      expect(error.message).toBe(
        'unable to get a token; what the token function returned has characters that no token has',
      );
      expect(server.requests).toHaveLength(0);
    },
  );

  it('may end in a line feed, as a file does', async () => {
    const { client, server } = scriptedClient({ token: 'token-1\n' });
    server.always(paths.agents.me, () => json(agentOf()));
    await client.agents.me();
    expect(server.requests[0]?.headers.get('authorization')).toBe('Bearer token-1');
  });

  it('function that never answers gives an AuthError', async () => {
    const { client, clock } = scriptedClient({ token: () => new Promise<string>(() => undefined) });
    const call = errorOf(client.agents.me());
    await clock.advance(15_000);
    expect(await call).toMatchObject({ code: 'token_unavailable' });
  });
});

describe('createClient', () => {
  it.each(['not an address', 'ftp://x.example', 'https://user:secret@x.example', ''])(
    'refuses the address %s',
    (baseUrl) => {
      expect(() => scriptedClient({ baseUrl })).toThrow(/^unable to create a client; baseUrl/);
    },
  );

  it.each([
    ['', 'token is empty'],
    ['…', 'token has characters that no token has'],
    ['<your token>', 'token has characters that no token has'],
    ['Bearer prk_1', 'token begins with "Bearer", which the client adds by itself'],
    [42 as unknown as string, 'token is no string'],
    [undefined as unknown as string, 'token is no string'],
  ])('refuses the token "%s" and says why', (token, reason) => {
    try {
      createClient({ baseUrl: 'https://x.example', token, storage: null });
      expect.unreachable();
    } catch (error) {
      expect(hasCode(error, 'invalid_argument')).toBe(true);
      expect((error as Error).message).toContain(`unable to create a client; ${reason}`);
    }
  });

  it.each(['', '/', '/v1', '/v1/'])('takes an address with a path, and %j behind it', async (end) => {
    const { client, server } = scriptedClient({ baseUrl: `https://crm.example/chat${end}` });
    server.always('GET /chat/v1/agents/me', () => json(agentOf()));
    await client.agents.me();
    expect(server.requests[0]?.path).toBe('/chat/v1/agents/me');
  });

  it('asks nothing by itself', async () => {
    const { server, clock } = scriptedClient();
    await clock.advance(60_000);
    expect(server.requests).toHaveLength(0);
  });
});
