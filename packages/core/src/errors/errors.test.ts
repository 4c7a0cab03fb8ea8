import { describe, expect, expectTypeOf, it } from 'vitest';
import { errorCodes } from '../contract/index.ts';
import { readSource } from '../testing/read-source.ts';
import { ApiError } from './api-error.ts';
import { clientErrorCodes } from './client-error-codes.ts';
import { AbortedError, AuthError, ConnectionError, TimeoutError, UsageError } from './local-errors.ts';
import { hasCode, isApiError, isProsaError, ProsaError } from './prosa-error.ts';

const secret = new Error('Bearer secret-token');
const problem = {
  type: 'x',
  title: 'Gone',
  status: 404,
  code: 'not_found',
  requestId: 'req_9',
  detail: 'It is gone',
} as const;
const errors = [
  new ConnectionError('unable to reach it; no network', secret),
  new TimeoutError('call it', 30_000),
  new AbortedError('call it'),
  new AuthError('the token function failed', secret),
  new UsageError('unable to call it; the id is missing'),
  new ApiError('call it', { status: 502, problem: null, cause: secret }),
];

describe('an error', () => {
  it.each(errors)('$name keeps to the grammar and to the documented codes', (error) => {
    expect(error).toBeInstanceOf(ProsaError);
    expect(error.message).toMatch(/^unable to [^;]+; .+/);
    expect({ ...clientErrorCodes, ...errorCodes }).toHaveProperty(error.code);
    expect(String(error).startsWith(error.name)).toBe(true);
  });

  it.each(errors)('$name tells no secret when it is logged', (error) => {
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code: error.code, retryable: error.retryable });
  });

  it('of the gateway is called as the gateway called it, and adds what may be behind it', () => {
    const error = new ApiError('call it', { status: 404, problem, requestId: 'mine', hint: ' (look there)' });
    expect(error.message).toBe('unable to call it; It is gone (look there)');
    expect(error).toMatchObject({
      code: 'not_found',
      requestId: 'req_9',
      retryable: false,
      owner: undefined,
      errors: [],
    });
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ status: 404, requestId: 'req_9' });
  });

  it('is recognised by its brand, also when it comes from another copy', () => {
    const foreign = Object.assign(new Error('unable to x; y'), { [Symbol.for('@prosa/error')]: true, code: 'timeout' });
    expect(isProsaError(foreign)).toBe(true);
    expect(hasCode(foreign, 'timeout')).toBe(true);
    expect(hasCode(foreign, 'aborted')).toBe(false);
    for (const other of [new Error('x'), null, undefined, 'x', {}]) expect(isProsaError(other)).toBe(false);
  });

  it('is narrowed by its code, which must be one that there is', () => {
    const error: unknown = new ApiError('call it', { status: 404, problem });
    // @ts-expect-error: misspelt
    expect(hasCode(error, 'not_fuond')).toBe(false);
    if (hasCode(error, 'not_found')) expectTypeOf(error).toEqualTypeOf<ApiError>();
    if (hasCode(error, 'timeout')) expectTypeOf(error).toEqualTypeOf<ProsaError>();
    expect(isApiError(error)).toBe(true);
    for (const other of [new TimeoutError('call it', 1), new Error('x'), null]) expect(isApiError(other)).toBe(false);
  });

  it('of a gateway has no code twice with those of the client', () => {
    expect(Object.keys(clientErrorCodes).filter((code) => code in errorCodes)).toEqual([]);
  });

  it('of the gateway and of the client is in the documentation, with its status or class', () => {
    const page = readSource(new URL('../../../../docs/errors.md', import.meta.url));
    const rows = [...page.matchAll(/^\| `(\w+)`\s*\| (\d{3}|`\w+Error`)\s*\| [A-Z0-9].*\.\s+\|$/gm)];
    const gateway = Object.entries(errorCodes).map(([code, { status }]) => `${code} ${status}`);
    const client = Object.keys(clientErrorCodes);
    const listed = rows.map(([, code = '', of = '']) => (/^\d/.test(of) ? `${code} ${of}` : code));
    expect(listed).toEqual([...gateway, ...client]);
  });

  it('that is documented with a class is made by that class', () => {
    const page = readSource(new URL('../../../../docs/errors.md', import.meta.url));
    const classOf = new Map([...page.matchAll(/^\| `(\w+)`\s*\| `(\w+)`/gm)].map(([, code, name]) => [code, name]));
    const made = [...errors, new UsageError('unable to call it; destroyed', 'client_destroyed')];
    for (const { code, name } of made) expect([code, classOf.get(code)]).toEqual([code, name]);
  });

  it('sends nobody to a file that no package has', () => {
    const messages = [...errors, ConnectionError.unreachable('call it', 'https://chat.example', null)].join();
    expect(messages).not.toContain('docs/');
  });

  it('of the client is in the table of the README', () => {
    const readme = readSource(new URL('../../README.md', import.meta.url));
    const listed = [...readme.matchAll(/^\| `(\w+)`\s*\| `\w+Error`/gm)].map(([, code]) => code);
    expect(listed).toEqual(Object.keys(clientErrorCodes));
  });
});
