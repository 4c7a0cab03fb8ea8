import { problemSchema, type Conversation, type Customer, type Problem } from '@prosa/core/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hour } from '../clock.ts';
import {
  oldestWaiting,
  openDesk,
  testOrigin,
  type Caller,
  type TestDesk,
  type TestWorkspace,
} from '../testbed/desk.ts';
import { openEngine, type OpenDatabase } from '../testbed/engines.ts';
import { pdfFile, pngFile, svgFile } from '../testbed/files.ts';

let opened: OpenDatabase;
let desk: TestDesk;
let workspace: TestWorkspace;
let ana: Caller;
let conversation: Conversation;

beforeEach(async () => {
  opened = await openEngine('sqlite');
  desk = openDesk(opened.database);
  workspace = await desk.workspace('Cacau');
  ana = await workspace.agent('ana', { name: 'Ana' });
  await workspace.customerSays('+5583999142210', 'Oi');
  conversation = await oldestWaiting(ana);
  await ana.call('POST', `/v1/conversations/${conversation.id}/accept`);
});
afterEach(async () => {
  await desk.gateway.close();
  await opened.close();
});

const send = (init: RequestInit & { headers?: Record<string, string> }) =>
  desk.request(`/v1/conversations/${conversation.id}/messages`, {
    method: 'POST',
    ...init,
    headers: {
      authorization: `Bearer ${ana.token}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...init.headers,
    },
  });

async function expectRefusal(response: Response, status: number, code: string): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = problemSchema.parse(await response.json());
  expect([response.status, problem.code, problem.status]).toEqual([status, code, status]);
  expect(response.headers.get('x-request-id')).toBe(problem.requestId);
  return problem;
}

const countMessages = async () => (await opened.database.read.selectFrom('messages').select('id').execute()).length;

describe('bodies', () => {
  it('refuses what is nested deeper than can be written down again', async () => {
    const deep = `{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    for (const interactive of [
      `{"kind":"order_details","text":"Pague","parameters":${deep}}`,
      `{"kind":"flow","text":"Abra","label":"Abrir","flowId":"1","data":${deep}}`,
    ]) {
      const body = `{"type":"interactive","interactive":${interactive}}`;
      const { errors } = await expectRefusal(await send({ body }), 422, 'validation_failed');
      expect(errors?.map(({ message }) => message)).toEqual(['must have at most 20 levels']);
    }
  });

  it('refuses what is not JSON, is too large, has unknown fields or wrong types, and changes nothing', async () => {
    const before = await countMessages();
    await expectRefusal(await send({ body: '{"type":"text",' }), 400, 'malformed_json');
    await expectRefusal(await send({ body: new Uint8Array([0x7b, 0xff, 0x7d]) }), 400, 'malformed_json');
    await expectRefusal(
      await send({ body: JSON.stringify({ type: 'text', text: 'x'.repeat(5_000_000) }) }),
      413,
      'payload_too_large',
    );
    const unknown = await expectRefusal(
      await send({ body: JSON.stringify({ type: 'text', text: 'oi', direction: 'inbound' }) }),
      422,
      'validation_failed',
    );
    expect(unknown.errors).toEqual([{ path: 'body.direction', message: 'is not a known field' }]);
    const wrong = await expectRefusal(
      await send({ body: JSON.stringify({ type: 'text', text: 7 }) }),
      422,
      'validation_failed',
    );
    expect(wrong.errors?.[0]?.path).toBe('body.text');
    await expectRefusal(await send({ body: JSON.stringify({ type: 'dance' }) }), 422, 'validation_failed');
    await expectRefusal(await send({}), 422, 'validation_failed');
    await expectRefusal(
      await send({ body: JSON.stringify({ type: 'text', text: 'a\u0000b' }) }),
      422,
      'validation_failed',
    );
    await expectRefusal(
      await send({ body: JSON.stringify({ type: 'text', text: 'x'.repeat(4097) }) }),
      422,
      'validation_failed',
    );
    expect(await countMessages()).toBe(before);
  });

  it('refuses a body that lies about its length', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(64 * 1024));
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 200) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const init = { body, duplex: 'half', headers: { 'content-length': '10' } } as RequestInit & {
      headers: Record<string, string>;
    };
    await expectRefusal(await send(init), 413, 'payload_too_large');
    expect(sent).toBeLessThan(20);
  });

  it('names the fields of a query that are wrong', async () => {
    const { status, body } = await ana.call<Problem>('GET', '/v1/conversations?tab=everything&limit=1000&colour=red');
    expect([status, body.errors?.map(({ path }) => path).sort()]).toEqual([
      422,
      ['query.colour', 'query.limit', 'query.tab'],
    ]);
    expect((await ana.call<Problem>('GET', '/v1/conversations?limit=1&limit=2')).body.code).toBe('validation_failed');
    expect((await ana.call<Problem>('GET', '/v1/conversations?cursor=nonsense')).body.code).toBe('cursor_invalid');
  });

  it('answers 404 and 405 with problem documents', async () => {
    await expectRefusal(await desk.request('/v1/nothing'), 404, 'not_found');
    const response = await desk.request('/v1/conversations', { method: 'DELETE' });
    expect(response.headers.get('allow')).toBe('GET, POST');
    await expectRefusal(response, 405, 'method_not_allowed');
  });
});

describe('origins', () => {
  const from = (origin: string, init: RequestInit = {}) =>
    desk.request('/v1/agents/me', {
      ...init,
      headers: { authorization: `Bearer ${ana.token}`, origin, ...init.headers },
    });

  it('answers pages on the list, and no others', async () => {
    const allowed = await from(testOrigin);
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([200, testOrigin]);
    expect(allowed.headers.get('vary')).toContain('Origin');
    for (const origin of [
      'https://crm.test.evil.tld',
      'http://crm.test',
      'https://crm.test:8443',
      'null',
      'https://evil.tld',
    ]) {
      const response = await from(origin);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      await expectRefusal(response, 403, 'origin_not_allowed');
    }
  });

  it('answers preflights of listed origins only', async () => {
    const preflight = (origin: string) => desk.request('/v1/agents/me', { method: 'OPTIONS', headers: { origin } });
    const allowed = await preflight(testOrigin);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
    await expectRefusal(await preflight('https://evil.tld'), 403, 'origin_not_allowed');
  });

  it('lets a listed page read why it was refused', async () => {
    const response = await desk.request('/v1/agents/me', {
      headers: { origin: testOrigin, authorization: 'Bearer x' },
    });
    expect(response.headers.get('access-control-allow-origin')).toBe(testOrigin);
    await expectRefusal(response, 401, 'unauthenticated');
  });
});

describe('idempotency', () => {
  it('wants a key for every change', async () => {
    const headers = { authorization: `Bearer ${ana.token}`, 'content-type': 'application/json' };
    const response = await desk.request('/v1/customers', {
      method: 'POST',
      headers,
      body: JSON.stringify({ name: 'Ana' }),
    });
    await expectRefusal(response, 400, 'idempotency_key_missing');
  });

  it('does a change once for its key, whatever happens to the answers', async () => {
    const headers = { 'idempotency-key': 'customer-key-1' };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => ana.call<Customer>('POST', '/v1/customers', { name: 'Marina' }, headers)),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const other = await ana.call<Problem>('POST', '/v1/customers', { name: 'Outra' }, headers);
    expect([other.status, other.body.code]).toEqual([409, 'idempotency_key_reused']);
    // Keys belong to their owner.
    expect((await workspace.server.call('POST', '/v1/customers', { name: 'Outra' }, headers)).status).toBe(200);
  });

  it('remembers nothing of a refusal', async () => {
    const headers = { 'idempotency-key': 'customer-key-2' };
    expect((await ana.call('POST', '/v1/customers', { name: '' }, headers)).status).toBe(422);
    expect((await ana.call('POST', '/v1/customers', { name: 'Marina' }, headers)).status).toBe(200);
  });
});

describe('customers', () => {
  it('accepts CPF and both kinds of CNPJ with right check digits, and no others', async () => {
    const create = (document: unknown) =>
      ana.call<Customer & Partial<Pick<Problem, 'errors'>>>('POST', '/v1/customers', { name: 'Cliente', document });
    expect((await create({ kind: 'cpf', value: '529.982.247-25' })).body.document).toEqual({
      kind: 'cpf',
      value: '52998224725',
    });
    expect((await create({ kind: 'cnpj', value: '12.ABC.345/01DE-35' })).body.document?.value).toBe('12ABC34501DE35');
    expect((await create({ kind: 'cnpj', value: '11.222.333/0001-81' })).status).toBe(200);
    for (const value of ['529.982.247-26', '111.111.111-11', '12345', '']) {
      const { status, body } = await create({ kind: 'cpf', value });
      expect([value, status, body.errors?.[0]?.path]).toEqual([value, 422, 'body.document.value']);
    }
    expect((await create({ kind: 'cnpj', value: '12.ABC.345/01DE-36' })).status).toBe(422);
  });

  it('says which customer has a document already', async () => {
    const document = { kind: 'cpf', value: '52998224725' };
    const first = await ana.call<Customer>('POST', '/v1/customers', { name: 'Marina', document });
    const second = await ana.call<Problem>('POST', '/v1/customers', { name: 'Outra', document });
    expect([second.status, second.body.code, second.body.customerId]).toEqual([409, 'document_taken', first.body.id]);
  });
});

describe('files', () => {
  const upload = (file: Blob, fileName: string) =>
    desk.request(`/v1/attachments?fileName=${encodeURIComponent(fileName)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ana.token}`, 'idempotency-key': crypto.randomUUID() },
      body: file,
    });

  it('takes what WhatsApp takes, by its content', async () => {
    expect(await (await upload(pngFile(), '../../etc/foto.jpg')).json()).toMatchObject({
      kind: 'image',
      mimeType: 'image/png',
    });
    expect(await (await upload(pdfFile(), 'boleto.pdf')).json()).toMatchObject({
      kind: 'document',
      mimeType: 'application/pdf',
    });
    for (const [file, name] of [
      [svgFile(), 'logo.svg'],
      [svgFile(), 'logo.png'],
      [new Blob(['<html>']), 'a.html'],
      [new Blob(['MZ\u0000\u0001']), 'a.pdf'],
    ] as const) {
      await expectRefusal(await upload(file, name), 415, 'media_type_not_allowed');
    }
    expect((await upload(new Blob([]), 'empty.pdf')).status).toBeGreaterThanOrEqual(400);
  });

  it('gives links that work for five minutes, only for their file, and nothing that runs', async () => {
    const { id } = (await (await upload(pngFile(), 'foto.png')).json()) as { id: string };
    const { url } = (await ana.call<{ url: string }>('GET', `/v1/attachments/${id}/url`)).body;
    expect(url).not.toContain(ana.token);
    const path = url.slice('http://gateway.test'.length);
    const whole = await desk.request(path);
    expect(whole.status).toBe(200);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    });
    const part = await desk.request(path, { headers: { range: 'bytes=0-3' } });
    expect([part.status, part.headers.get('content-range'), (await part.arrayBuffer()).byteLength]).toEqual([
      206,
      `bytes 0-3/${pngFile().size}`,
      4,
    ]);
    const other = (await (await upload(pdfFile(), 'b.pdf')).json()) as { id: string };
    await expectRefusal(await desk.request(path.replace(id, other.id)), 403, 'link_expired');
    await expectRefusal(await desk.request(path.replace(/expires=\d+/, 'expires=99999999999999')), 403, 'link_expired');
    desk.clock.advance(hour);
    await expectRefusal(await desk.request(path), 403, 'link_expired');
  });

  it('attaches a file to one message only, and of its own kind', async () => {
    const { id } = (await (await upload(pngFile(), 'foto.png')).json()) as { id: string };
    const path = `/v1/conversations/${conversation.id}/messages`;
    expect((await ana.call<Problem>('POST', path, { type: 'audio', attachmentId: id })).status).toBe(422);
    expect((await ana.call('POST', path, { type: 'image', attachmentId: id, caption: 'Veja' })).status).toBe(200);
    expect((await ana.call<Problem>('POST', path, { type: 'image', attachmentId: id })).body.code).toBe(
      'attachment_in_use',
    );
  });
});
