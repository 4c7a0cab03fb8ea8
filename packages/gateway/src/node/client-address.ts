import { BlockList, isIP } from 'node:net';

/** Finds out where a request comes from. */
export type ClientAddress = (peer: string | undefined, forwardedFor: string | null) => string | null;

/** Names for the networks that a proxy of one's own is usually in. */
const names: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10'],
};

/** Whether it is `loopback`, `private`, an address, or a network as `10.0.0.0/8`. */
export function isNetwork(text: string): boolean {
  return Object.hasOwn(names, text) || parseNetwork(text) !== null;
}

/**
 * `X-Forwarded-For` is believed only from the proxies that are named, and read from its end: every proxy adds whom it
 * was called by, so the last address that is no proxy's is the caller. What stands before it the caller made up.
 *
 * @param trustedProxies each as {@link isNetwork} takes it
 */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const trusted = new BlockList();
  for (const network of trustedProxies.flatMap((name) => names[name] ?? [name])) {
    const parsed = parseNetwork(network);
    if (!parsed) throw new RangeError(`unable to trust "${network}"; it is no address and no network`);
    trusted.addSubnet(parsed.address, parsed.prefix, parsed.family);
  }
  const isTrusted = (address: string) => {
    const family = familyOf(address);
    return family !== null && trusted.check(address, family);
  };

  return (peer, forwardedFor) => {
    if (peer === undefined) return null;
    let address = peer;
    for (const hop of (forwardedFor ?? '').split(',').reverse()) {
      const next = withoutPort(hop.trim());
      if (!isTrusted(address) || familyOf(next) === null) break;
      address = next;
    }
    return address;
  };
}

function parseNetwork(text: string) {
  const [address = '', bits, ...rest] = text.split('/');
  const family = familyOf(address);
  if (family === null || rest.length > 0) return null;
  const longest = family === 'ipv4' ? 32 : 128;
  if (bits !== undefined && !/^\d{1,3}$/.test(bits)) return null;
  const prefix = bits === undefined ? longest : Number(bits);
  return prefix > longest ? null : { address, prefix, family };
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  if (version === 0) return null;
  return version === 4 ? 'ipv4' : 'ipv6';
}

/** Some proxies write the port too: `203.0.113.9:4711`, `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
}
