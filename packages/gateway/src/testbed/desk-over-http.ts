import { createClient, type ProsaClient } from '@prosa/core';
import { listen, type Listener } from '../node/listen.ts';
import type { Caller, TestDesk } from './desk.ts';

/** The desk's gateway on a port of this machine. */
export async function listenOn({ gateway }: Pick<TestDesk, 'gateway'>): Promise<Listener> {
  return await listen((request, remoteAddress) => gateway.fetch(request, { ...(remoteAddress && { remoteAddress }) }), {
    host: '127.0.0.1',
    port: 0,
  });
}

/** Time that runs so much faster than ours: what takes a client half a minute is over soon. */
export function fastClock(speed: number) {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * speed,
    random: Math.random,
    setTimeout: (callback: () => void, delayMs: number): unknown => setTimeout(callback, delayMs / speed),
    clearTimeout: (handle: unknown) => clearTimeout(handle as NodeJS.Timeout),
  };
}

export interface ListeningClient {
  readonly client: ProsaClient;
  /** Of each message that was told: its conversation, and its place there. */
  readonly told: readonly string[];
  readonly gaps: readonly string[];
  /** Each change of the connection, as `from reason state transport`. */
  readonly changes: readonly string[];
}

/** A client as pages have it, which listens and keeps what it is told. */
export function listeningClient(
  baseUrl: string,
  { token }: Pick<Caller, 'token'>,
  { speed = 1, ...options }: Partial<Parameters<typeof createClient>[0]> & { readonly speed?: number } = {},
): ListeningClient {
  const client = createClient({ baseUrl, token, storage: null, clock: fastClock(speed), ...options });
  const told: string[] = [];
  const gaps: string[] = [];
  const changes: string[] = [];
  client.on('connection.changed', ({ from, reason, state, transport }) => {
    const change = `${from} ${reason} ${state} ${transport ?? '-'}`;
    if (change !== changes.at(-1)) changes.push(change);
  });
  client.on('discontinuity', ({ reason }) => gaps.push(reason));
  client.on('message.created', ({ data: { message } }) => told.push(`${message.conversationId} ${message.position}`));
  return { client, told, gaps, changes };
}
