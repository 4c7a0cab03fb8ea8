import { problemSchema, type Problem } from '@prosa/core/contract';
import { CompactSign, exportJWK, exportSPKI, generateKeyPair, type CompactJWSHeaderParameters, type JWK } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApiKey, revokeApiKey } from '../admin/api-keys.ts';
import { createSigningKey, revokeSigningKey } from '../admin/signing-keys.ts';
import { toBase64Url } from '../base64url.ts';
import { hour } from '../clock.ts';
import { openDesk, whoAmI, type Caller, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { openWebchat } from '../testbed/visitor.ts';

const jwksUrl = 'https://crm.test/jwks.json';
const utf8 = new TextEncoder();

forEachEngine((_name, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let ana: Caller;
  /** What the host of the workspace publishes. */
  let published: JWK[];

  beforeEach(async () => {
    published = [];
    opened = await open();
    desk = openDesk(opened.database, { fetch: () => Promise.resolve(Response.json({ keys: published })) });
    workspace = await desk.workspace('Cacau');
    ana = await workspace.agent('ana', { name: 'Ana' });
  });
  afterEach(async () => {
    await desk.gateway.close();
    await opened.close();
  });

  const inAnHour = Math.floor(Date.now() / 1000) + 3600;
  const valid = { sub: 'ana', aud: 'agent', exp: inAnHour };
  const scopeOf = () => ({ db: desk.database, clock: desk.clock });

  /** Signs anything, whether or not it is a good idea. */
  function sign(
    payload: object | string,
    header: Partial<CompactJWSHeaderParameters> = {},
    key: string | CryptoKey = workspace.secret,
  ): Promise<string> {
    const json = typeof payload === 'string' ? payload : JSON.stringify(payload);
    return new CompactSign(utf8.encode(json))
      .setProtectedHeader({ alg: 'HS256', kid: workspace.kid, ...header })
      .sign(typeof key === 'string' ? utf8.encode(key) : key);
  }
  const call = (authorization: string) => desk.request('/v1/agents/me', { headers: { authorization } });
  const withoutKid = (payload: object) =>
    new CompactSign(utf8.encode(JSON.stringify(payload)))
      .setProtectedHeader({ alg: 'HS256' })
      .sign(utf8.encode(workspace.secret));

  async function expectUnauthenticated(what: string, response: Response): Promise<Problem> {
    expect([what, response.status, response.headers.get('www-authenticate')]).toEqual([what, 401, 'Bearer']);
    const problem = problemSchema.parse(await response.json());
    expect([what, problem.code]).toEqual([what, 'unauthenticated']);
    return problem;
  }
  const agents = async () => (await opened.database.read.selectFrom('agents').select('externalId').execute()).length;

  it('accepts nothing but a token of a known key, for agents, with an end that has not come', async () => {
    const other = await desk.workspace('Outra');
    const revoked = await createSigningKey(scopeOf(), workspace.id);
    await revokeSigningKey(scopeOf(), workspace.id, revoked.kid);
    const visitors = await createSigningKey(scopeOf(), workspace.id, { audience: 'visitor' });
    const unsigned = (alg: string) =>
      [{ alg, kid: workspace.kid }, valid].map((part) => toBase64Url(utf8.encode(JSON.stringify(part)))).join('.');
    const [head = '', body = '', signature = ''] = (await sign(valid)).split('.');
    const raw = (exp: string) => `{"sub":"ana","aud":"agent","exp":${exp}}`;
    const tokens = {
      'no token': 'nonsense',
      'alg none': `${unsigned('none')}.`,
      'alg None': `${unsigned('None')}.`,
      'alg none with a signature': `${unsigned('none')}.${signature}`,
      'no signature': `${head}.${body}.`,
      'other claims': `${head}.${toBase64Url(utf8.encode(JSON.stringify({ ...valid, sub: 'chefe' })))}.${signature}`,
      'another algorithm of the same secret': await sign(valid, { alg: 'HS512' }),
      "another tenant's secret": await sign(valid, {}, other.secret),
      "another tenant's kid": await sign(valid, { kid: other.kid }),
      'a secret of visitors': await sign(valid, { kid: visitors.kid }, visitors.secret ?? ''),
      'a revoked key': await sign(valid, { kid: revoked.kid }, revoked.secret ?? ''),
      'an unknown kid': await sign(valid, { kid: 'kid_unknown' }),
      'no kid': await withoutKid(valid),
      'another audience': await sign({ ...valid, aud: 'visitor' }),
      'no audience': await sign({ sub: 'ana', exp: inAnHour }),
      'no end': await sign({ sub: 'ana', aud: 'agent' }),
      'an end of words': await sign({ ...valid, exp: 'tomorrow' }),
      'an end as text': await sign({ ...valid, exp: String(inAnHour) }),
      'an end of null': await sign(raw('null')),
      'an end of NaN': await sign(raw('NaN')),
      'an end that is endless': await sign(raw('1e999')),
      'an end in milliseconds': await sign({ ...valid, exp: inAnHour * 1000 }),
      'an end that no date can show': await sign(raw('1e15')),
      'an end in a list': await sign({ ...valid, exp: [inAnHour] }),
      'not yet valid': await sign({ ...valid, nbf: inAnHour }),
      'a beginning of words': await sign({ ...valid, nbf: 'now' }),
      'no subject': await sign({ aud: 'agent', exp: inAnHour }),
      'an empty subject': await sign({ ...valid, sub: '' }),
      'a subject that is no text': await sign({ ...valid, sub: 7 }),
      'an unknown role': await sign({ ...valid, role: 'owner' }),
      'claims in a list': await sign([valid]),
      'claims that are no JSON': await sign('{"sub":'),
      'an unknown API key': `prk_${'0'.repeat(64)}`,
      'an unknown session': `pvs_${'0'.repeat(43)}`,
    };
    for (const [what, token] of Object.entries(tokens)) {
      const problem = await expectUnauthenticated(what, await call(`Bearer ${token}`));
      expect([what, JSON.stringify(problem).includes(token)]).toEqual([what, false]);
    }
    const token = await sign(valid);
    const headers = {
      'no header': '',
      'no scheme': token,
      'no token': 'Bearer',
      'another scheme': `Basic ${btoa('ana:secret')}`,
      'another scheme with the token': `Basic ${token}`,
      'a token and more': `Bearer ${token} ${token}`,
    };
    for (const [what, header] of Object.entries(headers)) await expectUnauthenticated(what, await call(header));
    expect((await desk.request(`/v1/agents/me?access_token=${token}`)).status, 'a token in the address').toBe(401);
    expect(await agents()).toBe(0);
    expect((await call(`Bearer ${token}`)).status).toBe(200);
    expect((await call(`bearer ${token}`)).status).toBe(200);
  });

  describe('with public keys of the host', () => {
    it('accepts what the private key signed, and not what the public one did as if it were a secret', async () => {
      const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
      const { kid } = await createSigningKey(scopeOf(), workspace.id, { jwksUrl });
      const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' };
      published = [jwk];
      const header = { alg: 'RS256', kid };
      for (const [what, secret] of Object.entries({
        'the key as PEM': await exportSPKI(publicKey),
        'the key as PEM without its last line': (await exportSPKI(publicKey)).trim(),
        'the key as JWK': JSON.stringify(jwk),
        'its modulus': jwk.n ?? '',
      })) {
        await expectUnauthenticated(what, await call(`Bearer ${await sign(valid, { alg: 'HS256', kid }, secret)}`));
      }
      const stranger = await generateKeyPair('RS256');
      await expectUnauthenticated(
        'another private key',
        await call(`Bearer ${await sign(valid, header, stranger.privateKey)}`),
      );
      // Nor the other way round: the kid of a secret with a signature of a private key.
      await expectUnauthenticated(
        'the kid of a secret',
        await call(`Bearer ${await sign(valid, { ...header, kid: workspace.kid }, privateKey)}`),
      );
      expect((await call(`Bearer ${await sign(valid, header, privateKey)}`)).status).toBe(200);
    });

    it.each([
      ['does not answer', () => Promise.reject(new TypeError('fetch failed'))],
      ['is overloaded', () => Promise.resolve(new Response('busy', { status: 503 }))],
      ['is gone', () => Promise.resolve(new Response('not here', { status: 404 }))],
      ['answers with a page', () => Promise.resolve(new Response('<h1>Maintenance</h1>'))],
      ['answers with no keys', () => Promise.resolve(Response.json({ nothing: true }))],
    ])('asks to come back later while the host of the keys %s, and refuses nobody for it', async (_what, fetch) => {
      const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
      const { kid } = await createSigningKey(scopeOf(), workspace.id, { jwksUrl });
      let answer: typeof globalThis.fetch = fetch;
      const away = openDesk(opened.database, { fetch: (...call) => answer(...call) });
      const headers = { authorization: `Bearer ${await sign(valid, { alg: 'RS256', kid }, privateKey)}` };
      const response = await away.request('/v1/agents/me', { headers });
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
      expect(problemSchema.parse(await response.json())).toMatchObject({ code: 'unavailable', retryAfterSeconds: 5 });
      const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256' };
      answer = () => Promise.resolve(Response.json({ keys: [jwk] }));
      expect((await away.request('/v1/agents/me', { headers })).status).toBe(200);
      await away.gateway.close();
    });

    it('fetches no key from where the token says', async () => {
      const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
      const jwk = { ...(await exportJWK(publicKey)), alg: 'RS256' };
      const asked: string[] = [];
      const watched = openDesk(opened.database, {
        clock: desk.clock,
        fetch: (input) => {
          asked.push(String(input));
          return Promise.resolve(Response.json({ keys: [jwk] }));
        },
      });
      const token = await sign(valid, { alg: 'RS256', jku: 'https://evil.test/jwks.json', jwk }, privateKey);
      const response = await watched.request('/v1/agents/me', { headers: { authorization: `Bearer ${token}` } });
      expect([response.status, asked]).toEqual([401, []]);
      await watched.gateway.close();
    });
  });

  it('does not tell which keys and workspaces exist to whoever has none of their secrets', async () => {
    const other = await desk.workspace('Outra');
    const { kid: publicKid } = await createSigningKey(scopeOf(), workspace.id, { jwksUrl });
    const { privateKey } = await generateKeyPair('RS256');
    const revoked = await createSigningKey(scopeOf(), workspace.id);
    await revokeSigningKey(scopeOf(), workspace.id, revoked.kid);
    const expired = { ...valid, exp: 1 };
    const guess = 'x'.repeat(43);
    const attempts = [
      await sign(valid, { kid: 'kid_unknown' }, guess),
      await sign(valid, {}, guess),
      await sign(expired, {}, guess),
      await sign({ ...valid, aud: 'visitor' }, {}, guess),
      await sign({ ...valid, role: 'owner' }, {}, guess),
      await sign(valid, { alg: 'HS512' }, guess),
      await sign(valid, { kid: other.kid }, guess),
      await sign(valid, { kid: revoked.kid }, guess),
      await sign(valid, { kid: publicKid }, guess),
      await sign(valid, { kid: publicKid, alg: 'RS256' }, privateKey),
      await sign(valid, { kid: workspace.kid, alg: 'RS256' }, privateKey),
      await withoutKid(valid),
    ];
    const bodies = await Promise.all(
      attempts.map(async (token) => {
        const { requestId: _, ...body } = await expectUnauthenticated(token, await call(`Bearer ${token}`));
        return body;
      }),
    );
    for (const body of bodies) expect(body).toEqual(bodies[0]);
    // The same where a website says who its visitor is.
    const webchat = await openWebchat(desk, workspace);
    const visitors = await createSigningKey(scopeOf(), workspace.id, { audience: 'visitor' });
    const identities = await Promise.all(
      ['kid_unknown', visitors.kid, workspace.kid].map(async (kid) => {
        const identity = await sign({ ...valid, aud: 'visitor' }, { kid }, guess);
        const { status, body } = await webchat.startSession<Problem>({ identity });
        return { ...body, status, requestId: null };
      }),
    );
    expect(identities[0]?.status).toBe(401);
    for (const body of identities) expect(body).toEqual(identities[0]);
  });

  it('does not tell a key that was revoked from one that never was', async () => {
    const { id, key } = await createApiKey(scopeOf(), workspace.id, { name: 'Servidor' });
    expect((await desk.request('/v1/queues', { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
    await revokeApiKey(scopeOf(), workspace.id, id);
    const bodies = await Promise.all(
      [key, `${key.slice(0, -4)}zzzz`].map(async (credential) => {
        const problem = await expectUnauthenticated('API key', await call(`Bearer ${credential}`));
        return { ...problem, requestId: null };
      }),
    );
    expect(bodies[0]).toEqual(bodies[1]);
  });

  it('tells an expired token from a wrong one', async () => {
    desk.clock.advance(2 * hour);
    const response = await call(`Bearer ${ana.token}`);
    const { code, detail } = (await response.json()) as Problem;
    expect([response.status, code]).toEqual([401, 'token_expired']);
    expect(detail).toMatch(/^The token expired \d{4} s ago by the clock of the gateway\.$/);
  });

  it('says that an end is in seconds, where milliseconds would make a token that never ends', async () => {
    const token = await sign({ ...valid, exp: inAnHour * 1000 });
    const { detail } = await expectUnauthenticated('milliseconds', await call(`Bearer ${token}`));
    expect(detail).toBe('The `exp` of the token is no time in seconds: divide milliseconds by 1000.');
  });

  it('says that clocks differ where a token is not valid yet', async () => {
    const nbf = Math.round(desk.clock.now() / 1000) + 600;
    const { detail } = await expectUnauthenticated('early', await call(`Bearer ${await sign({ ...valid, nbf })}`));
    expect(detail).toMatch(/^The token is valid in (599|600|601) s only, by the clock of the gateway: check the clock/);
  });

  it('shuts a deactivated agent out at once', async () => {
    const { id } = await whoAmI(ana);
    await workspace.server.call('PATCH', `/v1/agents/${id}`, { active: false });
    const response = await call(`Bearer ${ana.token}`);
    expect([response.status, ((await response.json()) as Problem).code]).toEqual([401, 'agent_deactivated']);
  });

  it('lets agents and servers do only what the route says', async () => {
    await workspace.customerSays('+5583999142210', 'Oi');
    const { body } = await workspace.server.call<{ data: { id: string }[] }>('GET', '/v1/conversations?tab=all');
    const accept = `/v1/conversations/${body.data[0]?.id}/accept`;
    expect((await ana.call<Problem>('POST', '/v1/queues', { name: 'Nova' })).body.code).toBe('forbidden');
    expect((await workspace.server.call<Problem>('POST', accept)).body.code).toBe('forbidden');
  });
});
