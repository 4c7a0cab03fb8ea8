import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../log.ts';
import { listen, type Listener } from '../../node/listen.ts';
import { openDesk, type TestDesk, type TestWorkspace } from '../../testbed/desk.ts';
import { forEachEngine, type OpenDatabase } from '../../testbed/engines.ts';
import { envelopeOf, signatureOf, textMessage } from '../../testbed/webhooks.ts';
import { processDue } from './envelope-worker.ts';

/** A connection that breaks while Meta posts: it does not know what arrived, and posts again. */
forEachEngine((_engine, open) => {
  let opened: OpenDatabase;
  let desk: TestDesk;
  let workspace: TestWorkspace;
  let listener: Listener;

  beforeEach(async () => {
    opened = await open();
    desk = openDesk(opened.database);
    workspace = await desk.workspace('Cacau');
    listener = await listen((request) => desk.gateway.fetch(request), { host: '127.0.0.1', port: 0 });
  });
  afterEach(async () => {
    await listener.close({ deadlineMs: 0 });
    await desk.gateway.close();
    await opened.close();
  });

  const count = async (table: 'envelopes' | 'messages') => {
    const query = opened.database.read.selectFrom(table).select('id');
    return (await query.execute()).length;
  };

  /** The POST as it is on the wire, its body in one piece or in chunks. */
  async function wireOf(id: string, chunked: boolean): Promise<Buffer> {
    const messages = Array.from({ length: 20 }, (_, index) => textMessage(`${id}.${index}`, 'Olá, tudo bem?'));
    const body = new TextEncoder().encode(JSON.stringify(envelopeOf(workspace, { messages })));
    const length = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`;
    const head = [
      'POST /webhooks/whatsapp HTTP/1.1',
      'Host: gateway.test',
      `X-Hub-Signature-256: ${await signatureOf(body, workspace.appSecret)}`,
      'Content-Type: application/json',
      length,
      '',
      '',
    ].join('\r\n');
    if (!chunked) return Buffer.concat([Buffer.from(head), body]);
    const half = body.length >> 1;
    const chunk = (part: Uint8Array) =>
      Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
    const chunks = [body.subarray(0, half), body.subarray(half), new Uint8Array()].map(chunk);
    return Buffer.concat([Buffer.from(head), ...chunks]);
  }

  /** Sends so much of it; then the line is dead, or an answer comes. `null`: no answer. */
  async function send(bytes: Uint8Array, { cut }: { readonly cut: boolean }): Promise<string | null> {
    const socket = connect(Number(new URL(listener.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    await new Promise((resolve) => socket.write(bytes, resolve));
    if (cut) {
      socket.resetAndDestroy();
      return null;
    }
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return /^HTTP\/1\.1 (\d+)/.exec(answer.toString())?.[1] ?? null;
  }

  it.each([
    ['in one piece', false],
    ['in chunks', true],
  ])('is nothing when its body is cut, %s, and whole when it comes again', async (_how, chunked) => {
    for (const share of [0.2, 0.5, 0.9, 0.999]) {
      const wire = await wireOf(`wamid.${share}`, chunked);
      await send(wire.subarray(0, Math.floor(wire.length * share)), { cut: true });
      await send(wire.subarray(0, wire.length - 1), { cut: true });
      expect(await send(wire, { cut: false })).toBe('200');
    }
    expect(await count('envelopes')).toBe(4);
    while (await processDue({ db: opened.database, clock: desk.clock, log: silentLog }));
    const { rows } = await inbound();
    expect([rows, new Set(rows).size]).toEqual([expect.any(Array), 80]);
    expect(rows).toHaveLength(80);
  });

  it('is one when only its answer is lost', async () => {
    const wire = await wireOf('wamid.1', false);
    await send(wire, { cut: true });
    await expect.poll(() => count('envelopes'), { timeout: 20_000, interval: 20 }).toBe(1);
    expect(await send(wire, { cut: false })).toBe('200');
    expect(await count('envelopes')).toBe(1);
    while (await processDue({ db: opened.database, clock: desk.clock, log: silentLog }));
    expect((await inbound()).rows).toHaveLength(20);
  });

  async function inbound() {
    const found = await opened.database.read
      .selectFrom('messages')
      .select('providerId')
      .where('direction', '=', 'inbound')
      .execute();
    return { rows: found.map(({ providerId }) => providerId) };
  }
});
