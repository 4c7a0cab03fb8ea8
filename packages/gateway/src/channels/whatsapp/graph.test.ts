import { describe, expect, it } from 'vitest';
import type { AttachmentRow } from '../channel.ts';
import { memoryMedia } from '../../testing/memory-media.ts';
import { parseWhatsAppConfig } from './config.ts';
import { fetchMedia } from './fetch-media.ts';
import { graphClient, isMediaUrl, type GraphOptions } from './graph.ts';
import { refusalOf, successOf } from './graph-reply.ts';
import { sha256Hex } from './signature.ts';

const config = parseWhatsAppConfig({
  phoneNumberId: '10900000000001',
  businessAccountId: '10800000000001',
  accessToken: 'made-up-token',
  appSecrets: ['made-up-secret'],
  verifyToken: 'made-up-verify',
  baseUrl: 'https://graph.facebook.com/',
  graphVersion: 'v25.0',
});
const { signal } = new AbortController();

interface Call {
  readonly url: string;
  readonly init: RequestInit;
}

/** Graph, whose answers are scripted in the order of the calls. */
function scripted(...answers: ((call: Call) => Response | Promise<Response>)[]) {
  const calls: Call[] = [];
  const fake = (async (input: string, init: RequestInit) => {
    const call = { url: input, init };
    calls.push(call);
    const next = answers.shift();
    if (!next) throw new Error('one call too many');
    return await next(call);
  }) as unknown as typeof fetch;
  return { calls, fetch: fake };
}
const tokenOf = ({ init }: Call) => new Headers(init.headers).get('Authorization');
const never = ({ init }: Call) =>
  new Promise<Response>((_, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
const down = (code: string) => () =>
  Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));
const send = (options: GraphOptions) => graphClient(config, options).postMessage({ type: 'text' }, { signal });

describe('what came of a send', () => {
  const outcomeOf = async (answer: (call: Call) => Response | Promise<Response>) =>
    refusalOf(await send({ ...scripted(answer), timeouts: { call: 20 } }));
  const refused =
    (code: number, status: number, headers: Record<string, string> = {}) =>
    () =>
      Response.json(
        { error: { code, message: `(#${code})`, error_data: { details: `about ${code}` } } },
        { status, headers },
      );

  it.each([131047, 131026, 131049, 131050, 131031, 132001, 100, 368])('%i will never go', async (code) => {
    // Whatever the status says: throttling is a 400, and so may this be a 500.
    for (const status of [400, 403, 500]) {
      const outcome = await outcomeOf(refused(code, status));
      expect(outcome).toMatchObject({ outcome: 'failed', code: String(code), detail: `about ${code}` });
      expect(outcome).not.toHaveProperty('trouble.pauses', true);
    }
  });

  it('says who else has to wait', async () => {
    for (const code of [4, 80007, 130429]) {
      expect(await outcomeOf(refused(code, 400))).toMatchObject({ outcome: 'retry', limit: 'number' });
    }
    expect(await outcomeOf(refused(131056, 400))).toMatchObject({ outcome: 'retry', limit: 'person' });
    expect(await outcomeOf(refused(131016, 500))).not.toHaveProperty('limit');
  });

  it.each([1, 131000, 135000])('%i is not tried for long, because nobody can say what it is', async (code) => {
    expect(await outcomeOf(refused(code, 500))).toMatchObject({ outcome: 'retry', tries: 3 });
  });

  it.each([4, 80007, 130429, 131056, 131016, 2, 131000])('%i may go later', async (code) => {
    expect(await outcomeOf(refused(code, 400))).toMatchObject({ outcome: 'retry', code: String(code), afterMs: null });
    expect(await outcomeOf(refused(code, 429, { 'Retry-After': '7' }))).toMatchObject({
      outcome: 'retry',
      afterMs: 7000,
    });
  });

  it('waits long where trying soon makes it worse', async () => {
    expect(await outcomeOf(refused(131048, 400))).toMatchObject({ outcome: 'retry', afterMs: 300_000 });
  });

  it.each([0, 190, 10, 200, 299])('%i asks for another token', async (code) => {
    expect(await outcomeOf(refused(code, 401))).toMatchObject({
      outcome: 'failed',
      code: String(code),
      trouble: { status: code === 0 || code === 190 ? 'token_invalid' : 'permission_missing', pauses: true },
    });
  });

  it.each([368, 131031, 131042, 33])('%i is about the whole number, and holds nothing up', async (code) => {
    const trouble = { status: 'restricted', pauses: false };
    expect(await outcomeOf(refused(code, 400))).toMatchObject({ outcome: 'failed', trouble });
  });

  it('says nothing secret, though Meta repeats a token that it cannot read', async () => {
    const other = 'EAAGmMadeUpTokenOfSomeOtherApp0123456789';
    const repeated = `Malformed access token made-up-token, nor ${other} with made-up-secret`;
    const error = { code: 190, type: 'OAuthException' };
    for (const said of [{ message: repeated }, { error_user_msg: repeated }, { error_data: { details: repeated } }]) {
      const outcome = await outcomeOf(() => Response.json({ error: { ...error, ...said } }, { status: 401 }));
      expect(outcome).toMatchObject({ detail: 'Malformed access token [secret], nor [secret] with [secret]' });
    }
  });

  it('leaves what an answer is for as it is, but for our own token', async () => {
    const h = '4::EAAGmMadeUpHandleOfSomeFile0123456789';
    const answer = () => Response.json({ h, paging: { next: 'https://graph.test/?access_token=made-up-token' } });
    expect(successOf(await send(scripted(answer)))).toEqual({
      h,
      paging: { next: 'https://graph.test/?access_token=[secret]' },
    });
  });

  it('judges codes it does not know by the class of the status', async () => {
    expect(await outcomeOf(refused(999_999, 400))).toMatchObject({ outcome: 'failed', code: '999999' });
    expect(await outcomeOf(refused(999_999, 429))).toMatchObject({ outcome: 'retry' });
    expect(await outcomeOf(refused(999_999, 500))).toMatchObject({ outcome: 'retry' });
  });

  it('is not known when somebody in between answered', async () => {
    const page = (status: number) => () => new Response('<h1>Bad gateway</h1>', { status });
    for (const status of [500, 502, 504, 408]) expect((await outcomeOf(page(status))).outcome).toBe('unconfirmed');
    for (const status of [503, 429]) expect((await outcomeOf(page(status))).outcome).toBe('retry');
    expect(await outcomeOf(page(404))).toMatchObject({ outcome: 'failed', code: 'http_404' });
  });

  it('is not known when the answer is lost, and is when nothing has left', async () => {
    expect((await outcomeOf(never)).outcome).toBe('unconfirmed');
    expect((await outcomeOf(down('ECONNRESET'))).outcome).toBe('unconfirmed');
    expect((await outcomeOf(down('UND_ERR_SOCKET'))).outcome).toBe('unconfirmed');
    for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT']) {
      expect(await outcomeOf(down(code))).toMatchObject({ outcome: 'retry', code: 'unreachable' });
    }
  });

  it('comes in time even if the network does not listen', async () => {
    expect((await outcomeOf(() => new Promise(() => undefined))).outcome).toBe('unconfirmed');
  });

  it('never follows a redirect with the token', async () => {
    const meta = scripted(() => new Response(null, { status: 302, headers: { Location: 'https://evil.test/' } }));
    expect(refusalOf(await send(meta))).toMatchObject({ outcome: 'failed', code: 'http_302' });
    expect(meta.calls.map(({ url, init }) => [url, init.redirect])).toEqual([
      ['https://graph.facebook.com/v25.0/10900000000001/messages', 'manual'],
    ]);
  });
});

describe('files that come in', () => {
  const bytes = new TextEncoder().encode('%PDF-1.7 made up');
  const attachment = { providerMediaId: '27001', sha256: null } as AttachmentRow;
  const file = () => new Response(bytes);
  const info =
    (more: object = {}, url = 'https://lookaside.fbsbx.com/file') =>
    () =>
      Response.json({ url, ...more });
  const fetchFrom = async (meta: ReturnType<typeof scripted>, row = attachment, media = memoryMedia()) => ({
    media,
    fetched: await fetchMedia(graphClient(config, meta), row, 'wsp/att', { ...meta, signal, media }),
  });

  it('are stored with the type that their content has', async () => {
    const sha256 = await sha256Hex(bytes);
    const meta = scripted(info({ sha256, mime_type: 'image/png' }), file);
    const { media, fetched } = await fetchFrom(meta);
    expect(fetched).toEqual({ outcome: 'stored', size: bytes.length, sha256, mimeType: 'application/pdf' });
    expect(await new Response(await media.get('wsp/att')).text()).toBe('%PDF-1.7 made up');
    expect(meta.calls.map(tokenOf)).toEqual(['Bearer made-up-token', 'Bearer made-up-token']);
  });

  it.each([
    'https://evil.test/file',
    'https://lookaside.fbsbx.com.evil.test/file',
    'https://lookaside.fbsbx.com@evil.test/file',
    'https://user:pass@lookaside.fbsbx.com/file',
    'http://lookaside.fbsbx.com/file',
    'https://lookaside.fbsbx.com:8443/file',
    'http://169.254.169.254/latest',
    'http://[::ffff:a9fe:a9fe]/',
    'file:///etc/passwd',
    'not an address',
  ])('are not asked for at %s, so the token stays here', async (url) => {
    const meta = scripted(info({}, url));
    expect((await fetchFrom(meta)).fetched.outcome).toBe('failed');
    expect(meta.calls).toHaveLength(1);
  });

  it('may also be on the host that is configured as Meta', () => {
    expect(isMediaUrl('http://127.0.0.1:4100/file', 'http://127.0.0.1:4100')).toBe(true);
    expect(isMediaUrl('http://127.0.0.1:4101/file', 'http://127.0.0.1:4100')).toBe(false);
  });

  it('are asked for once more when their address has run out', async () => {
    const gone = () => new Response('', { status: 404 });
    const meta = scripted(info(), gone, info({}, 'https://lookaside.fbsbx.com/fresh'), file);
    expect((await fetchFrom(meta)).fetched.outcome).toBe('stored');
    expect(meta.calls.at(-1)?.url).toBe('https://lookaside.fbsbx.com/fresh');
    expect((await fetchFrom(scripted(info(), gone, info(), gone))).fetched.outcome).toBe('retry');
  });

  it('are refused, and not kept, when they are not what was sent', async () => {
    const other = 'ab'.repeat(32);
    for (const [meta, row] of [
      [scripted(info({ sha256: other }), file), attachment],
      [scripted(info(), file), { ...attachment, sha256: other }],
    ] as const) {
      const { media, fetched } = await fetchFrom(meta, row);
      expect(fetched).toMatchObject({ outcome: 'failed' });
      expect(await media.get('wsp/att')).toBeNull();
    }
  });

  it('do not follow a redirect', async () => {
    const away = () => new Response(null, { status: 302, headers: { Location: 'https://evil.test/' } });
    const meta = scripted(info(), away);
    expect((await fetchFrom(meta)).fetched.outcome).toBe('failed');
    expect(meta.calls.at(-1)?.init.redirect).toBe('manual');
  });

  it('are given up when Meta no longer has them, and waited for when it only cannot now', async () => {
    const no = (code: number, status: number) => () => Response.json({ error: { code, message: 'no' } }, { status });
    expect((await fetchFrom(scripted(no(100, 400)))).fetched.outcome).toBe('failed');
    expect((await fetchFrom(scripted(no(2, 503)))).fetched.outcome).toBe('retry');
    expect((await fetchFrom(scripted(down('ECONNRESET')))).fetched.outcome).toBe('retry');
    expect((await fetchFrom(scripted(info(), down('ECONNRESET')))).fetched.outcome).toBe('retry');
  });
});
