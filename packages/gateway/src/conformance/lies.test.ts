import { runConformance, type ConformanceOptions, type ConformanceReport } from '@prosa/gateway/conformance';
import { createTestGateway, type TestGateway } from '@prosa/gateway/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatReport } from './report.ts';

// Each backend is the gateway with one thing wrong: a proxy changes what goes in, or what comes out.

type Fetch = typeof fetch;
type Json = Record<string, unknown>;
interface Asked {
  readonly path: string;
  readonly method: string;
  readonly status: number;
}

const origin = 'http://crm.test';
let gateway: TestGateway;
let key: string;

beforeAll(async () => {
  gateway = await createTestGateway({ origin });
  key = await gateway.createWebchat();
  const ana = await gateway.createAgent({ name: 'Ana', role: 'administrator' });
  const components = [{ type: 'BODY' as const, text: 'Olá! Podemos falar do seu pedido?' }];
  await ana.client().hsm.create({ name: 'ola', category: 'UTILITY', language: 'pt_BR', components });
  await gateway.delivered();
});
afterAll(() => gateway.close());

async function run(fetch: Fetch, options: Partial<ConformanceOptions> = {}): Promise<ConformanceReport> {
  return await runConformance({
    url: gateway.baseUrl,
    fetch,
    tokens: {
      canSign: true,
      of: (name, { expiresInSeconds } = {}) => gateway.agentToken({ name, role: 'administrator', expiresInSeconds }),
    },
    webchat: { key, origin },
    patienceMs: 1500,
    ...options,
  });
}

const failedOf = ({ results }: ConformanceReport) =>
  results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);

/** Changes requests before they arrive. */
function request(change: (request: Request, path: string) => Request | Promise<Request>): Fetch {
  return async (input, init) => {
    const asked = new Request(input, init);
    return gateway.fetch(await change(asked, new URL(asked.url).pathname));
  };
}

/** Changes answers of JSON; `null` leaves them as they are. */
function answer(change: (body: Json, asked: Asked) => unknown): Fetch {
  return async (input, init) => {
    const asked = new Request(input, init);
    const response = await gateway.fetch(asked);
    const { status, headers } = response;
    if (headers.get('content-type')?.includes('json') !== true) return response;
    const body = (await response.json()) as Json;
    const changed = change(structuredClone(body), { path: new URL(asked.url).pathname, method: asked.method, status });
    if (changed instanceof Response) return changed;
    return new Response(JSON.stringify(changed ?? body), { status, headers });
  };
}

/** Changes the frames of streams; `null` drops one. */
function frames(change: (frame: string, resumes: boolean) => string | null, retarget = (url: URL) => url): Fetch {
  return async (input, init) => {
    const asked = new Request(input, init);
    const url = new URL(asked.url);
    const resumes = url.searchParams.has('cursor') || asked.headers.has('last-event-id');
    const response = await gateway.fetch(new Request(retarget(url), asked));
    if (response.headers.get('content-type')?.includes('event-stream') !== true || !response.body) return response;
    let rest = '';
    const through = new TransformStream<string, string>({
      transform(chunk, controller) {
        const parts = (rest + chunk).split('\n\n');
        rest = parts.pop() ?? '';
        for (const part of parts) {
          const frame = change(part, resumes);
          if (frame !== null) controller.enqueue(`${frame}\n\n`);
        }
      },
    });
    const text = response.body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>);
    return new Response(text.pipeThrough(through).pipeThrough(new TextEncoderStream()), response);
  };
}

const isEvent = (frame: string) => frame.includes('event: event');
const refusal = (code: string, status: number) =>
  Response.json(
    { type: 'about:blank', title: code, status, code, requestId: 'req_1' },
    { status, headers: { 'content-type': 'application/problem+json', 'x-request-id': 'req_1' } },
  );

/** What is tried, what must be caught, and who lies. */
const lies: readonly (readonly [string, readonly string[], readonly string[], () => Fetch])[] = [
  [
    'does everything anew, whatever the idempotency key',
    ['idempotency'],
    ['idempotency.repeat', 'idempotency.at_once', 'idempotency.other_body'],
    () =>
      request((asked) => {
        const headers = new Headers(asked.headers);
        if (headers.has('idempotency-key')) headers.set('idempotency-key', crypto.randomUUID());
        return new Request(asked, { headers });
      }),
  ],
  [
    'answers a key by itself, whatever was asked with it',
    ['idempotency'],
    ['idempotency.other_body'],
    () => {
      const answers = new Map<string, Promise<string>>();
      return async (input, init) => {
        const asked = new Request(input, init);
        const used = asked.headers.get('idempotency-key');
        if (used === null || asked.method !== 'POST') return gateway.fetch(asked);
        const text = answers.get(used) ?? gateway.fetch(asked).then((response) => response.text());
        answers.set(used, text);
        return new Response(await text, { headers: { 'content-type': 'application/json' } });
      };
    },
  ],
  [
    'needs no idempotency key',
    ['idempotency'],
    ['idempotency.missing'],
    () =>
      request((asked) => {
        const headers = new Headers(asked.headers);
        if (!headers.has('idempotency-key')) headers.set('idempotency-key', crypto.randomUUID());
        return new Request(asked, { headers });
      }),
  ],
  [
    'has one page only',
    ['pages'],
    ['pages.walk'],
    () => answer((body) => ('nextCursor' in body ? { ...body, nextCursor: null } : null)),
  ],
  [
    'shows the first page again and again',
    ['pages'],
    ['pages.walk', 'pages.cursor'],
    () =>
      request((asked) => {
        const url = new URL(asked.url);
        url.searchParams.delete('cursor');
        return new Request(url, asked);
      }),
  ],
  [
    'says that nothing has changed',
    ['conversations.versions', 'customers.fields'],
    ['customers.fields', 'conversations.versions'],
    () => answer((body) => ('version' in body ? { ...body, version: 1 } : null)),
  ],
  [
    'lets everybody win',
    ['conversations.race'],
    ['conversations.race'],
    () => {
      let taken: Json = {};
      return answer((body, { path, status }) => {
        if (!path.endsWith('/accept')) return null;
        if (status === 200) taken = body;
        return Response.json(taken);
      });
    },
  ],
  [
    'does not name the winner',
    ['conversations.race', 'conversations.not_yours'],
    ['conversations.race', 'conversations.not_yours'],
    () => answer(({ owner: _, ...body }) => body),
  ],
  [
    'counts nobody',
    ['conversations.waiting'],
    ['conversations.waiting'],
    () => answer((_, { path }) => (path.endsWith('/counts') ? { waiting: 0, unread: 0, mine: 0, all: 0 } : null)),
  ],
  [
    'does not tell an expired token from a wrong one',
    ['auth.expired', 'auth.wrong'],
    ['auth.expired'],
    () => answer(({ code }) => (code === 'token_expired' ? refusal('unauthenticated', 401) : null)),
  ],
  [
    'refuses in a page for people',
    ['answers.json', 'auth.missing'],
    ['auth.missing', 'answers.json', 'answers.problems'],
    () => answer((_, { status }) => (status >= 400 ? new Response('<h1>No</h1>', { status }) : null)),
  ],
  [
    'refuses without its media type',
    ['answers.json'],
    ['answers.problems'],
    () => answer((body, { status }) => (status >= 400 ? Response.json(body, { status }) : null)),
  ],
  [
    'tells what is not there from what may not be seen',
    ['answers.not_found'],
    ['answers.not_found'],
    () => answer((_, { status }) => (status === 404 ? refusal('forbidden', 403) : null)),
  ],
  [
    'leaves a field out',
    ['customers.search'],
    ['answers.schema'],
    () =>
      answer((body, { path, method }) => {
        if (path !== '/v1/customers' || method !== 'POST') return null;
        const { notes: _, ...rest } = body;
        return rest;
      }),
  ],
  [
    'does not say who has the document',
    ['customers.document'],
    ['customers.document'],
    () => answer(({ customerId: _, ...body }) => body),
  ],
  [
    'forgets the clientId',
    ['messages.send', 'messages.client_id'],
    ['messages.send', 'messages.client_id'],
    () =>
      request(async (asked, path) => {
        if (asked.method !== 'POST' || !path.endsWith('/messages')) return asked;
        const { clientId: _, ...body } = (await asked.json()) as Json;
        return new Request(asked.url, { method: 'POST', headers: asked.headers, body: JSON.stringify(body) });
      }),
  ],
  [
    'tells the thread from its beginning',
    ['messages.pages'],
    ['messages.pages'],
    () =>
      answer((body, { path }) =>
        path.endsWith('/messages') && Array.isArray(body['data']) ? { ...body, data: body['data'].reverse() } : null,
      ),
  ],
  [
    'leads from the middle of the thread to its beginning only',
    ['messages.pages'],
    ['messages.pages'],
    () => answer((body) => ('previousCursor' in body ? { ...body, previousCursor: null } : null)),
  ],
  [
    'keeps files for who has a token',
    ['attachments.url'],
    ['attachments.url'],
    () => async (input, init) => {
      const asked = new Request(input, init);
      const isFile = new URL(asked.url).pathname.startsWith('/media/');
      return isFile ? new Response(null, { status: 403 }) : gateway.fetch(asked);
    },
  ],
  [
    'says that it resumes, and does not',
    ['events.resume'],
    ['events.resume'],
    () =>
      frames(
        (frame) => frame.replace('"resumed":false', '"resumed":true'),
        (url) => {
          url.searchParams.delete('cursor');
          return url;
        },
      ),
  ],
  [
    'tells twice what was missed',
    ['events.resume'],
    ['events.resume'],
    () => frames((frame, resumes) => (resumes && isEvent(frame) ? `${frame}\n\n${frame}` : frame)),
  ],
  [
    'loses an event of those that were missed',
    ['events.resume'],
    ['events.resume'],
    () => frames((frame, resumes) => (resumes && frame.includes('"conversation.assigned"') ? null : frame)),
  ],
  [
    'refuses a cursor that it does not know',
    ['events.reset'],
    ['events.reset'],
    () => async (input, init) => {
      const asked = new Request(input, init);
      return asked.url.includes('cursor=nonsense') ? refusal('cursor_invalid', 400) : gateway.fetch(asked);
    },
  ],
  [
    'tells other versions than it answers',
    ['events.story'],
    ['events.story'],
    () => frames((frame) => frame.replace(/"version":\d+}}}$/, '"version":1}}}')),
  ],
  [
    'sends frames without an id',
    ['events.hello'],
    ['events.schema'],
    () => frames((frame) => frame.replace(/^id: .*\n/, '')),
  ],
  [
    'ends the stream of an expired token without a word',
    ['events.expiry'],
    ['events.expiry'],
    () => frames((frame) => (frame.includes('event: bye') ? null : frame)),
  ],
  [
    'promises more heartbeats than there are',
    ['events.heartbeat'],
    ['events.heartbeat'],
    () => frames((frame) => frame.replace(/"heartbeatSeconds":\d+/, '"heartbeatSeconds":0.2')),
  ],
  [
    'makes what is right of a list, and leaves out the rest',
    ['dispatches'],
    ['dispatches.lines'],
    () => async (input, init) => {
      const asked = new Request(input, init);
      const answered = await gateway.fetch(asked.clone());
      if (answered.status !== 422 || asked.method !== 'POST') return answered;
      const { recipients, ...body } = (await asked.json()) as { readonly recipients: readonly unknown[] };
      const headers = new Headers(asked.headers);
      headers.set('idempotency-key', crypto.randomUUID());
      const right = { ...body, recipients: recipients.slice(0, 1) };
      return gateway.fetch(new Request(asked.url, { method: 'POST', headers, body: JSON.stringify(right) }));
    },
  ],
  [
    'names only the first line that is wrong',
    ['dispatches.lines'],
    ['dispatches.lines'],
    () => answer((body) => (Array.isArray(body['errors']) ? { ...body, errors: body['errors'].slice(0, 1) } : null)),
  ],
  [
    'sends at once, whatever the time',
    ['dispatches.cancel'],
    ['dispatches.cancel'],
    () => answer((body) => (body['status'] === 'scheduled' ? { ...body, status: 'running' } : null)),
  ],
  [
    'forgets who was not written to',
    ['dispatches.cancel'],
    ['dispatches.cancel'],
    () => answer((body, { path }) => (path.endsWith('/recipients') ? { ...body, data: [] } : null)),
  ],
  [
    "shows a visitor's conversation to strangers",
    ['webchat.strangers'],
    ['webchat.strangers'],
    () =>
      answer((_, { path, status }) =>
        status === 404 && path.startsWith('/v1/webchat/') ? Response.json({ data: [], nextCursor: null }) : null,
      ),
  ],
  [
    'shows visitors who attends them',
    ['webchat.privacy'],
    ['webchat.privacy'],
    () =>
      answer((body, { path }) =>
        path.startsWith('/v1/webchat/conversations/') ? { ...body, agentId: `agt_${'0'.repeat(26)}` } : null,
      ),
  ],
];

describe('a backend is caught that', { timeout: 180_000 }, () => {
  it.each(lies)('%s', async (_, only, caught, lie) => {
    const report = await run(lie(), { only });
    expect(failedOf(report), formatReport(report)).toEqual(caught);
  });
});

it('a backend may know more than the contract', async () => {
  const report = await run(
    answer((body, { path }) => (path === '/v1/customers' ? { ...body, colour: 'blue' } : null)),
    { only: ['customers', 'idempotency'] },
  );
  expect(report.failed, formatReport(report)).toBe(0);
});
