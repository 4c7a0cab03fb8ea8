import type { Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { minute } from '../clock.ts';
import { createGateway } from '../gateway.ts';
import { openDesk, testUrl, type TestDesk, type TestWorkspace } from '../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pngFile } from '../testbed/files.ts';
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

  const sessions = async () => (await opened.database.read.selectFrom('visitorSessions').select('id').execute()).length;

  function begin(remoteAddress: string | null, headers: Record<string, string> = {}, key = webchat.channel.key) {
    const request = new Request(`${testUrl}/v1/webchat/sessions`, {
      method: 'POST',
      headers: { origin: shopOrigin, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ key }),
    });
    return desk.gateway.fetch(request, { remoteAddress });
  }

  async function beginMany(count: number, addressOf: (index: number) => string | null): Promise<number[]> {
    const statuses = [];
    for (let i = 0; i < count; i++) statuses.push((await begin(addressOf(i))).status);
    return statuses;
  }

  async function expectSlowedDown(response: Response, waitSeconds: number): Promise<void> {
    const problem = (await response.json()) as Problem;
    expect([response.status, problem.code]).toEqual([429, 'rate_limited']);
    expect([problem.retryAfterSeconds, response.headers.get('retry-after')]).toEqual([
      waitSeconds,
      String(waitSeconds),
    ]);
  }

  it('lets one address begin 20 sessions within a minute, on whatever webchats, and leaves the others alone', async () => {
    const other = await openWebchat(desk, workspace);
    expect(await beginMany(20, () => '203.0.113.9')).toEqual(Array(20).fill(200));
    const before = await sessions();
    desk.clock.advance(20_000);
    await expectSlowedDown(await begin('203.0.113.9'), 40);
    await expectSlowedDown(await begin('203.0.113.9', {}, other.channel.key), 40);
    // The same host, as a socket that speaks IPv6 names it.
    await expectSlowedDown(await begin('::ffff:203.0.113.9'), 40);
    expect(await sessions()).toBe(before);
    expect((await begin('203.0.113.10')).status).toBe(200);
    desk.clock.advance(40_000);
    expect((await begin('203.0.113.9')).status).toBe(200);
  });

  it('counts a whole /64 of IPv6 as one, and its neighbour for itself', async () => {
    expect(await beginMany(20, (index) => `2001:db8:0:7:${index.toString(16)}::1`)).toEqual(Array(20).fill(200));
    await expectSlowedDown(await begin('2001:db8:0:7:ffff:ffff:ffff:ffff'), 60);
    expect((await begin('2001:db8:0:8::1')).status).toBe(200);
  });

  it('is not talked out of it by headers', async () => {
    await beginMany(20, () => '203.0.113.9');
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip']) {
      const value = name === 'forwarded' ? 'for=198.51.100.1' : '198.51.100.1';
      await expectSlowedDown(await begin('203.0.113.9', { [name]: value }), 60);
    }
  });

  it('keeps what an address does too much from using up what the website has', async () => {
    await beginMany(250, () => '203.0.113.9');
    expect((await begin('203.0.113.10')).status).toBe(200);
  });

  it('lets as many begin as the options say', async () => {
    const { database, media, clock } = desk;
    const gateway = createGateway({ database, media, clock, publicUrl: testUrl, sessionsPerAddress: 2 });
    const statuses = [];
    for (let i = 0; i < 3; i++) {
      const response = await gateway.fetch(
        new Request(`${testUrl}/v1/webchat/sessions`, {
          method: 'POST',
          headers: { origin: shopOrigin, 'content-type': 'application/json' },
          body: JSON.stringify({ key: webchat.channel.key }),
        }),
        { remoteAddress: '203.0.113.9' },
      );
      statuses.push(response.status);
    }
    expect(statuses).toEqual([200, 200, 429]);
    await gateway.close();
  });

  it('takes 30 messages of a visitor within a minute, however they are spread over conversations and sessions', async () => {
    const visitor = await webchat.visitor();
    const { id } = await visitor.says('1');
    for (let i = 2; i <= 30; i++) {
      const answer =
        i % 2 === 0 ? await visitor.sends(id, String(i)) : { status: (await visitor.says(String(i))) && 200 };
      expect([i, answer.status]).toEqual([i, 200]);
    }
    const again = await webchat.visitor({ anonymousToken: visitor.session.token });
    for (const answer of [
      await visitor.sends(id, '31'),
      await again.sends(id, '31'),
      await again.call('POST', '/conversations', { message: { type: 'text', text: '31' } }),
    ]) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60']);
    }
    expect(
      (await opened.database.read.selectFrom('messages').select('id').where('direction', '=', 'inbound').execute())
        .length,
    ).toBe(30);
    expect((await (await webchat.visitor()).says('Oi')).status).toBe('waiting');
    desk.clock.advance(minute);
    expect((await visitor.sends(id, '31')).status).toBe(200);
  });

  it('takes 10 files of a visitor within ten minutes, and stores nothing of what is more', async () => {
    const visitor = await webchat.visitor();
    for (let i = 0; i < 10; i++) expect((await visitor.upload(pngFile(), 'foto.png')).status).toBe(200);
    const refused = await visitor.upload(pngFile(), 'foto.png');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '600']);
    expect((await opened.database.read.selectFrom('attachments').select('id').execute()).length).toBe(10);
    expect((await (await webchat.visitor()).upload(pngFile(), 'foto.png')).status).toBe(200);
    desk.clock.advance(10 * minute);
    expect((await visitor.upload(pngFile(), 'foto.png')).status).toBe(200);
  });
});
