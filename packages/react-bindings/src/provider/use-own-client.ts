import { createClient, type ProsaClient, type TokenOption } from '@prosa/core';
import { useEffect, useMemo, useReducer, useRef } from 'react';
import { isServer, useCommitEffect } from '../element/environment.ts';
import { ClientLease } from './client-lease.ts';

/**
 * A client for an address, destroyed when the component leaves; `null` without an address.
 *
 * A client does nothing until it is asked, so one that is made for a render that React throws away needs no end.
 */
export function useOwnClient(baseUrl: string | undefined, token: TokenOption | undefined): ProsaClient | null {
  // The newest, whenever it is needed: a function written in JSX is another one on each render.
  const newestToken = useRef(token);
  const [generation, renew] = useReducer((count: number) => count + 1, 0);
  const lease = useMemo(() => {
    if (baseUrl === undefined) return null;
    const ask = async (): Promise<string> => {
      const { current } = newestToken;
      return typeof current === 'function' ? current() : (current ?? '');
    };
    return new ClientLease(createClient({ baseUrl: addressOf(baseUrl), token: ask }));
  }, [baseUrl, generation]);

  useCommitEffect(() => {
    newestToken.current = token;
  });
  useEffect(() => {
    if (!lease) return undefined;
    // Shown again after it was hidden for a while: its client ended in between.
    if (lease.isOver) {
      renew();
      return undefined;
    }
    return lease.hold();
  }, [lease]);
  return lease?.client ?? null;
}

/** A server has no page for an address to be relative to; the client that is made there is never asked for anything. */
function addressOf(baseUrl: string): string {
  return isServer ? new URL(baseUrl, 'http://page.invalid').href : baseUrl;
}
