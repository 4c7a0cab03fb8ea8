import { expect, it } from 'vitest';
import { createLeakWatch } from './leak-watch.ts';

it.each([
  ['a JWT', 'https://chat.test/v1/events?token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2ln'],
  ['a session', 'https://loja.test/#pvs_0123456789abcdefghij'],
  ['an API key', 'Error: unable to call with prk_0123456789abcdefghij'],
])('sees %s by its shape', (_what, text) => {
  const watch = createLeakWatch();
  watch.hear('a log', text);
  expect(watch.leaks()).toEqual(['a log']);
});

it('sees a secret that it is told of, also afterwards, and does not repeat it', () => {
  const watch = createLeakWatch();
  watch.hear('the gateway', 'warn: signed with made-up-secret-1 again');
  watch.hear('the gateway', 'info: made-up-secret-1');
  watch.hear('a page', 'https://loja.test/webchat.js');
  expect(watch.leaks()).toEqual([]);
  watch.keep('made-up-secret-1');
  expect(watch.leaks()).toEqual(['the gateway']);
  expect([watch.known, watch.heard]).toEqual([1, 3]);
});

it('looks for no secret that would be found by chance', () => {
  expect(() => createLeakWatch().keep('')).toThrow(RangeError);
});
