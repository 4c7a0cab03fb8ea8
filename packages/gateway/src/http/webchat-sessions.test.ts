import { visitorSessionSchema, webchatConfigSchema, type Page, type Problem } from '@prosa/core/contract';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSigningKey, revokeSigningKey } from '../admin/signing-keys.ts';
import { signVisitorToken } from '../admin/visitor-token.ts';
import { updateWebchatChannel } from '../admin/webchat-channels.ts';
import { pruneVisitors } from '../channels/webchat/retention.ts';
import { day, minute } from '../clock.ts';
import { openDesk, testOrigin, testUrl, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { openWebchat, shopOrigin, type TestWebchat } from '../testbed/visitor.ts';

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

  const getConfig = (key: string, headers: Record<string, string> = {}) =>
    desk.request(`/v1/webchat/config?key=${key}`, { headers });
  const codeOf = async (response: Response) => ((await response.json()) as Problem).code;

  it('tells a page of the website how the webchat looks, and no other page', async () => {
    const { key } = webchat.channel;
    const response = await getConfig(key, { origin: shopOrigin });
    expect(response.headers.get('access-control-allow-origin')).toBe(shopOrigin);
    const config: unknown = await response.json();
    expect(webchatConfigSchema.parse(config)).toEqual(config);
    expect(config).toMatchObject({ title: 'Loja', maxFileBytes: 16_777_216 });
    expect(JSON.stringify(config)).not.toContain(shopOrigin);
    for (const origin of ['https://outra.test', testOrigin, testUrl, 'null', `${shopOrigin}.evil.test`]) {
      expect([origin, await codeOf(await getConfig(key, { origin }))]).toEqual([origin, 'origin_not_allowed']);
    }
    expect(await codeOf(await getConfig('wck_0000000000000000000000', { origin: shopOrigin }))).toBe('not_found');
    expect(await codeOf(await getConfig('whatever', { origin: shopOrigin }))).toBe('validation_failed');
  });

  it('answers preflights of the website, and of no page that nobody has listed', async () => {
    const preflight = (origin: string) =>
      desk.request('/v1/webchat/sessions', { method: 'OPTIONS', headers: { origin } });
    expect((await preflight(shopOrigin)).status).toBe(204);
    expect((await preflight('https://outra.test')).status).toBe(403);
  });

  it('starts no session without an origin, from a foreign one, or from one of the desk', async () => {
    const { key } = webchat.channel;
    const bare = await desk.request('/v1/webchat/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key }),
    });
    expect(await codeOf(bare)).toBe('origin_not_allowed');
    for (const origin of ['https://outra.test', testOrigin, testUrl]) {
      const { status, body } = await webchat.startSession<Problem>({}, { origin });
      expect([status, body.code]).toEqual([403, 'origin_not_allowed']);
    }
    expect(await opened.database.read.selectFrom('visitorSessions').select('id').execute()).toEqual([]);
  });

  it('stops at once to serve an origin that was taken from the list, and begins with one that was added', async () => {
    const visitor = await webchat.visitor();
    await updateWebchatChannel({ db: desk.database, clock: desk.clock }, workspace.id, webchat.channel.id, {
      settings: { origins: ['https://nova.test'] },
    });
    expect((await visitor.call<Problem>('GET', '/session')).body.code).toBe('origin_not_allowed');
    desk.clock.advance(3000);
    const moved = await visitor.call('GET', '/session', undefined, { origin: 'https://nova.test' });
    expect(moved.status).toBe(200);
    expect(moved.headers.get('access-control-allow-origin')).toBe('https://nova.test');
  });

  it('makes each anonymous visitor a person of their own, whose token is kept by the browser only', async () => {
    const { status, body: first } = await webchat.startSession();
    expect(status).toBe(200);
    expect(visitorSessionSchema.parse(first)).toEqual(first);
    expect(first.visitor).toMatchObject({ name: null, email: null, verified: false });
    const { body: second } = await webchat.startSession();
    expect(second.visitor.id).not.toBe(first.visitor.id);
    const rows = await opened.database.read.selectFrom('visitorSessions').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(first.token);
  });

  it('believes what the website has signed', async () => {
    const identity = await webchat.identity('u-77', { name: 'Marina Albuquerque', email: 'marina@exemplo.test' });
    const { body: first } = await webchat.startSession({ identity });
    expect(first.visitor).toMatchObject({ name: 'Marina Albuquerque', email: 'marina@exemplo.test', verified: true });
    const later = await webchat.identity('u-77', { name: 'Marina A. Prado' });
    const { body: second } = await webchat.startSession({ identity: later });
    expect(second.visitor).toEqual({ ...first.visitor, name: 'Marina A. Prado' });
  });

  it('refuses an identity that is forged, expired, unsigned, for agents, of a revoked key or of another workspace', async () => {
    const scope = { db: desk.database, clock: desk.clock };
    const now = desk.clock.now();
    const other = await openWebchat(desk, await desk.workspace('Outra'));
    const forAgents = await createSigningKey(scope, workspace.id);
    const revoked = await createSigningKey(scope, workspace.id, { audience: 'visitor' });
    await revokeSigningKey(scope, workspace.id, revoked.kid);
    const mine = await createSigningKey(scope, workspace.id, { audience: 'visitor' });
    const claims = { sub: 'u-77', expiresInSeconds: 60, now };
    const signed = await signVisitorToken({ ...claims, kid: mine.kid, secret: mine.secret ?? '' });
    const [head, , signature] = signed.split('.');
    const body = btoa(JSON.stringify({ sub: 'u-1', aud: 'visitor', exp: now / 1000 + 60 })).replace(/=+$/, '');
    const asAgent = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256', kid: mine.kid })
      .setSubject('u-77')
      .setAudience('agent')
      .setExpirationTime(Math.floor(now / 1000) + 60)
      .sign(new TextEncoder().encode(mine.secret ?? ''));
    const endless = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256', kid: mine.kid })
      .setSubject('u-77')
      .setAudience('visitor')
      .sign(new TextEncoder().encode(mine.secret ?? ''));
    const wrong = {
      'another secret': await signVisitorToken({ ...claims, kid: mine.kid, secret: 'x'.repeat(40) }),
      'other claims': `${head}.${body}.${signature}`,
      'no signature': `${btoa(JSON.stringify({ alg: 'none', kid: mine.kid })).replace(/=+$/, '')}.${body}.`,
      'no token': 'u-77',
      'key of agents': await signVisitorToken({ ...claims, kid: forAgents.kid, secret: forAgents.secret ?? '' }),
      'audience of agents': asAgent,
      'no end': endless,
      'revoked key': await signVisitorToken({ ...claims, kid: revoked.kid, secret: revoked.secret ?? '' }),
      'another workspace': await other.identity('u-77'),
    };
    for (const [what, identity] of Object.entries(wrong)) {
      const { status, body: problem } = await webchat.startSession<Problem>({ identity });
      expect([what, status, problem.code]).toEqual([what, 401, 'unauthenticated']);
    }
    const expired = await webchat.identity('u-77', { expiresInSeconds: 60 });
    desk.clock.advance(2 * minute);
    expect((await webchat.startSession<Problem>({ identity: expired })).body.code).toBe('token_expired');
    expect(await opened.database.read.selectFrom('contacts').select('id').execute()).toEqual([]);
  });

  it('takes the conversation of the anonymous visitor along, and ends the sessions that led there', async () => {
    const ana = await workspace.agent('ana', { name: 'Ana' });
    const anonymous = await webchat.visitor();
    const shared = anonymous.session.token;
    const { id } = await anonymous.says('Oi', { name: 'Marina' });
    const { body: session } = await webchat.startSession({
      identity: await webchat.identity('u-77', { email: 'marina@exemplo.test' }),
      anonymousToken: shared,
    });
    expect(session.visitor).toMatchObject({ name: 'Marina', email: 'marina@exemplo.test', verified: true });
    const { body: conversations } = await desk
      .request('/v1/webchat/conversations', { headers: { authorization: `Bearer ${session.token}` } })
      .then(async (response) => ({ body: (await response.json()) as Page<{ id: string }> }));
    expect(conversations.data.map((one) => one.id)).toEqual([id]);
    // Whoever else has the anonymous token must not become Marina.
    expect((await anonymous.call<Problem>('GET', '/session')).body.code).toBe('unauthenticated');
    const { body: seen } = await ana.call<{ contact: unknown }>('GET', `/v1/conversations/${id}`);
    expect(seen.contact).toMatchObject({ name: 'Marina', verified: true, email: 'marina@exemplo.test' });
  });

  it('moves nothing between two verified people, nor with a token that is not one', async () => {
    const marina = await webchat.visitor({ identity: await webchat.identity('u-77') });
    const { id } = await marina.says('Segredo');
    const caio = await webchat.visitor({
      identity: await webchat.identity('u-78'),
      anonymousToken: marina.session.token,
    });
    expect((await caio.call<Problem>('GET', `/conversations/${id}`)).body.code).toBe('not_found');
    expect((await marina.call('GET', `/conversations/${id}`)).status).toBe(200);
    expect((await webchat.startSession({ anonymousToken: 'pvs_nothing' })).status).toBe(200);
  });

  it('moves nothing between the webchats of two workspaces', async () => {
    const other = await openWebchat(desk, await desk.workspace('Outra'));
    const stranger = await other.visitor();
    const { id } = await stranger.says('Oi');
    const { session } = await webchat.visitor({
      identity: await webchat.identity('u-77'),
      anonymousToken: stranger.session.token,
    });
    expect(session.visitor.verified).toBe(true);
    expect((await stranger.call('GET', `/conversations/${id}`)).status).toBe(200);
  });

  it('gives the anonymous visitor who comes back with a token a new one of the same person', async () => {
    const before = await webchat.visitor();
    const { id } = await before.says('Oi');
    const after = await webchat.visitor({ anonymousToken: before.session.token });
    expect(after.session.token).not.toBe(before.session.token);
    expect((await after.call('GET', `/conversations/${id}`)).status).toBe(200);
  });

  it('ends with logout, after 30 days, and is unknown when it is made up', async () => {
    const [leaves, waits] = [await webchat.visitor(), await webchat.visitor()];
    expect((await leaves.call('DELETE', '/session')).body).toEqual({ ended: true });
    expect((await leaves.call<Problem>('GET', '/session')).body.code).toBe('unauthenticated');
    expect((await waits.call('GET', '/session')).status).toBe(200);
    desk.clock.advance(30 * day);
    expect((await waits.call<Problem>('GET', '/session')).body.code).toBe('unauthenticated');
    const madeUp = await desk.request('/v1/webchat/session', {
      headers: { authorization: `Bearer pvs_${'x'.repeat(43)}` },
    });
    expect(madeUp.status).toBe(401);
  });

  it('asks the website again after a day who is logged in, or as late as it has said', async () => {
    const short = await webchat.visitor({ identity: await webchat.identity('u-77', { expiresInSeconds: 60 }) });
    const long = await webchat.visitor({
      identity: await webchat.identity('u-78', { expiresInSeconds: (7 * day) / 1000 }),
    });
    const { id } = await short.says('Segredo');
    expect(Date.parse(short.session.expiresAt) - desk.clock.now()).toBe(day);
    desk.clock.advance(day - 1);
    expect((await short.call('GET', '/session')).status).toBe(200);
    desk.clock.advance(1);
    for (const [method, path] of [
      ['GET', '/session'],
      ['GET', `/conversations/${id}`],
      ['GET', '/events'],
    ] as const) {
      expect((await short.call<Problem>(method, path)).body.code, path).toBe('unauthenticated');
    }
    expect((await short.sends(id, 'Ainda eu')).status).toBe(401);
    expect((await long.call('GET', '/session')).status).toBe(200);

    // The token of before makes nobody that person; what the website signs anew does, with the same conversation.
    const { session: stranger } = await webchat.visitor({ anonymousToken: short.session.token });
    expect(stranger.visitor.verified).toBe(false);
    const again = await webchat.visitor({ identity: await webchat.identity('u-77') });
    expect((await again.call('GET', `/conversations/${id}`)).status).toBe(200);
    desk.clock.advance(6 * day);
    expect((await long.call('GET', '/session')).status).toBe(401);
  });

  it('forgets visitors who said nothing, once their sessions are long over, and nobody else', async () => {
    const [silent, wrote] = [await webchat.visitor(), await webchat.visitor()];
    const named = await webchat.visitor({ identity: await webchat.identity('u-77') });
    await wrote.says('Oi');
    const contacts = async () =>
      (await opened.database.read.selectFrom('contacts').select('id').orderBy('id').execute()).map(({ id }) => id);
    const listed = await workspace.server.call<Page<{ id: string }>>('GET', '/v1/contacts');
    expect(listed.body.data.map(({ id }) => id).sort()).toEqual(
      [wrote.session.visitor.id, named.session.visitor.id].sort(),
    );
    await pruneVisitors(opened.database, desk.clock.now() + 30 * day);
    expect(await contacts()).toHaveLength(3);
    await pruneVisitors(opened.database, desk.clock.now() + 32 * day);
    expect(await contacts()).toEqual([wrote.session.visitor.id, named.session.visitor.id].sort());
    expect(await contacts()).not.toContain(silent.session.visitor.id);
    expect(await opened.database.read.selectFrom('visitorSessions').select('id').execute()).toEqual([]);
  });

  it('slows down a website that starts sessions without end, and says when to come back', async () => {
    const answers = [];
    for (let i = 0; i < 201; i++) answers.push(await webchat.startSession<Problem>());
    const last = answers.at(-1);
    expect([last?.status, last?.body.code]).toEqual([429, 'rate_limited']);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    const elsewhere = await openWebchat(desk, workspace);
    expect((await elsewhere.startSession()).status).toBe(200);
    desk.clock.advance(1000);
    expect((await webchat.startSession()).status).toBe(200);
  });
});
