import { afterEach, expect, it, vi } from 'vitest';
import { ConnectionError } from './local-errors.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** What the error says on a page of that origin. */
function saidAt(origin: string | null, server: string): string {
  vi.stubGlobal('location', origin === null ? undefined : { origin });
  return ConnectionError.unreachable('call it', server, new TypeError('Failed to fetch')).message;
}

it('says in Node what there is to check', () => {
  expect(saidAt(null, 'https://chat.example')).toBe(
    'unable to call it; https://chat.example did not answer. Check that the device is online and it runs there',
  );
});

it.each(['https://crm.example', 'http://localhost:5173'])(
  'names the origin of a page, %s, which the gateway may not allow',
  (origin) => {
    expect(saidAt(origin, 'https://chat.example')).toContain(`there and allows pages of ${origin} (CORS)`);
  },
);

it('says that a page on https cannot call a server on http', () => {
  const message = saidAt('https://crm.example', 'http://chat.example:4000');
  expect(message).toContain('runs there on https, as this page is (mixed content)');
  expect(message).not.toContain('CORS');
});

it.each(['http://localhost:4000', 'http://127.0.0.1:4000', 'http://[::1]:4000'])(
  'knows that browsers let a page on https call %s',
  (server) => {
    expect(saidAt('https://crm.example', server)).toContain('(CORS)');
  },
);
