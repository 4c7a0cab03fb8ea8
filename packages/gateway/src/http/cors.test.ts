import { paths, splitPath, type Problem } from '@prosa/core/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogFields } from '../log.ts';
import { openDesk, testOrigin, type TestDesk } from '../testbed/desk.ts';
import { openEngine, type OpenDatabase } from '../testbed/engines.ts';

let opened: OpenDatabase;
let desk: TestDesk;
const logged: (LogFields | undefined)[] = [];

beforeAll(async () => {
  opened = await openEngine('sqlite');
  desk = openDesk(opened.database, { log: (_level, _message, fields) => logged.push(fields) });
  await desk.workspace('Loja');
});
afterAll(async () => {
  await desk.gateway.close();
  await opened.close();
});

const listOf = (response: Response, header: string) => (response.headers.get(header) ?? '').split(', ');

describe('a page on the list', () => {
  it('may use every method of the contract, and the headers of the client', async () => {
    const headers = { origin: testOrigin };
    const response = await desk.request('/v1/agents/me', { method: 'OPTIONS', headers });
    expect(response.status).toBe(204);
    const methods = new Set(
      Object.values(paths).flatMap((group) => Object.values(group).map((each) => splitPath(each).method)),
    );
    expect(listOf(response, 'access-control-allow-methods').sort()).toEqual([...methods].sort());
    const sent = ['Authorization', 'Content-Type', 'Idempotency-Key', 'X-Request-Id'];
    expect(listOf(response, 'access-control-allow-headers')).toEqual(expect.arrayContaining(sent));
  });

  it('may read what the client needs of a refusal', async () => {
    const response = await desk.request('/v1/agents/me', { headers: { origin: testOrigin } });
    expect(response.status).toBe(401);
    expect(response.headers.get('access-control-allow-origin')).toBe(testOrigin);
    expect(listOf(response, 'access-control-expose-headers').sort()).toEqual(['Date', 'Retry-After', 'X-Request-Id']);
  });
});

describe('the id of a request', () => {
  const ask = async (id?: string) => {
    const response = await desk.request('/v1/agents/me', id === undefined ? {} : { headers: { 'x-request-id': id } });
    const { requestId } = (await response.json()) as Problem;
    expect(response.headers.get('x-request-id')).toBe(requestId);
    return requestId;
  };

  it('is the one that the caller gave it', async () => {
    expect(await ask('4021-77-1203-9')).toBe('4021-77-1203-9');
  });

  it.each([undefined, '', 'short', 'x'.repeat(65), 'a b c d e f', 'id;drop=1', '<script>1</script>', 'éééééééé'])(
    'is made where the caller gave "%s"',
    async (given) => {
      const id = await ask(given);
      expect(id).toMatch(/^req_\w+$/);
      expect(await ask(given)).not.toBe(id);
    },
  );
});
