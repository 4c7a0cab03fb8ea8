import { expect, it } from 'vitest';
import { createClientAddress, isNetwork } from './client-address.ts';

const proxy = '10.0.0.7';
const caller = '203.0.113.9';

it('believes nobody who is not named, whatever is in X-Forwarded-For', () => {
  const addressOf = createClientAddress([]);
  expect(addressOf(caller, '198.51.100.1')).toBe(caller);
  expect(addressOf('127.0.0.1', '198.51.100.1')).toBe('127.0.0.1');
  expect(createClientAddress(['10.0.0.0/8'])(caller, '198.51.100.1')).toBe(caller);
});

it('takes the last address that is no proxy, and nothing that the caller put before it', () => {
  const addressOf = createClientAddress(['10.0.0.0/8']);
  expect(addressOf(proxy, caller)).toBe(caller);
  expect(addressOf(proxy, `198.51.100.1, 127.0.0.1, ${caller}`)).toBe(caller);
  expect(addressOf(proxy, `198.51.100.1, ${caller}, 10.0.0.9`)).toBe(caller);
  expect(addressOf(proxy, `10.0.0.8, 10.0.0.9`)).toBe('10.0.0.8');
});

it.each([
  ['no header', null, proxy],
  ['an empty header', '', proxy],
  ['words', 'unknown', proxy],
  ['words before a proxy', 'unknown, 10.0.0.9', '10.0.0.9'],
  ['a port', `${caller}:4711`, caller],
  ['IPv6', '2001:db8::1', '2001:db8::1'],
  ['IPv6 in brackets', '[2001:db8::1]', '2001:db8::1'],
  ['IPv6 with a port', '[2001:db8::1]:4711', '2001:db8::1'],
])('reads %s', (_what, header, expected) => {
  expect(createClientAddress(['10.0.0.0/8'])(proxy, header)).toBe(expected);
});

it('knows the usual networks by name, single addresses, and IPv4 inside IPv6', () => {
  expect(createClientAddress(['loopback'])('::1', caller)).toBe(caller);
  expect(createClientAddress(['loopback'])('::ffff:127.0.0.1', caller)).toBe(caller);
  expect(createClientAddress(['loopback'])(proxy, caller)).toBe(proxy);
  expect(createClientAddress(['private'])('::ffff:172.20.0.3', caller)).toBe(caller);
  expect(createClientAddress([proxy])(proxy, caller)).toBe(caller);
  expect(createClientAddress([proxy])('10.0.0.8', caller)).toBe('10.0.0.8');
  expect(createClientAddress(['2001:db8::/32'])('2001:db8::5', caller)).toBe(caller);
});

it('says nothing of a connection that is gone', () => {
  expect(createClientAddress(['loopback'])(undefined, caller)).toBeNull();
});

it('knows a network when it sees one', () => {
  for (const text of ['loopback', 'private', '10.0.0.1', '10.0.0.0/8', '::1', 'fc00::/7', '0.0.0.0/0'])
    expect([text, isNetwork(text)]).toEqual([text, true]);
  for (const text of ['', 'proxy', '10.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '::/129', '10.0.0.0/x'])
    expect([text, isNetwork(text)]).toEqual([text, false]);
  expect(() => createClientAddress(['proxy'])).toThrow(RangeError);
});
