/**
 * The states of the event stream and what moves it between them. Every cell is written, so that the compiler
 * refuses a state or an input that was forgotten; `·` in the drawing is "stays".
 *
 *                open        hello      lost          long_lost  no_network  unauthorized  refused  retry       release  destroy
 *  idle          connecting  ·          ·             ·          ·           ·             ·        ·           ·        closed
 *  connecting    ·           connected  reconnecting  offline    offline     needs_auth    failed   ·           idle     closed
 *  connected     ·           ·          reconnecting  ·          ·           needs_auth    failed   ·           idle     closed
 *  reconnecting  ·           connected  ·             offline    offline     needs_auth    failed   ·           idle     closed
 *  offline       ·           connected  ·             ·          ·           needs_auth    failed   ·           idle     closed
 *  needs_auth    ·           connected  reconnecting  ·          ·           ·             failed   ·           idle     closed
 *  failed        ·           ·          ·             ·          ·           ·             ·        connecting  idle     closed
 *  closed        ·           ·          ·             ·          ·           ·             ·        ·           ·        ·
 *
 * `connected` ignores `no_network`: browsers say it wrongly (a gateway on this machine needs no network), and the
 * watchdog finds a dead stream. `offline` keeps trying. `failed` waits for somebody to ask again.
 */
import type { ConnectionState } from '../client/connection-state.ts';

/**
 * `open` somebody needs the stream · `hello` the server's first frame · `lost` a try failed or the stream ended ·
 * `long_lost` nothing heard for two minutes · `no_network` the browser says so · `unauthorized` no token, or one that
 * is refused · `refused` the server will not serve this page, ever · `retry` somebody asks to try now ·
 * `release` nobody needs the stream · `destroy` the client ends.
 */
export type ConnectionInput =
  'open' | 'hello' | 'lost' | 'long_lost' | 'no_network' | 'unauthorized' | 'refused' | 'retry' | 'release' | 'destroy';

const ends = { release: 'idle', destroy: 'closed' } as const;
const problems = { unauthorized: 'needs_auth', refused: 'failed' } as const;

/** State × input → next state. */
export const connectionTable: Readonly<Record<ConnectionState, Readonly<Record<ConnectionInput, ConnectionState>>>> = {
  idle: {
    open: 'connecting',
    hello: 'idle',
    lost: 'idle',
    long_lost: 'idle',
    no_network: 'idle',
    unauthorized: 'idle',
    refused: 'idle',
    retry: 'idle',
    release: 'idle',
    destroy: 'closed',
  },
  connecting: {
    open: 'connecting',
    hello: 'connected',
    lost: 'reconnecting',
    long_lost: 'offline',
    no_network: 'offline',
    retry: 'connecting',
    ...problems,
    ...ends,
  },
  connected: {
    open: 'connected',
    hello: 'connected',
    lost: 'reconnecting',
    long_lost: 'connected',
    no_network: 'connected',
    retry: 'connected',
    ...problems,
    ...ends,
  },
  reconnecting: {
    open: 'reconnecting',
    hello: 'connected',
    lost: 'reconnecting',
    long_lost: 'offline',
    no_network: 'offline',
    retry: 'reconnecting',
    ...problems,
    ...ends,
  },
  offline: {
    open: 'offline',
    hello: 'connected',
    lost: 'offline',
    long_lost: 'offline',
    no_network: 'offline',
    retry: 'offline',
    ...problems,
    ...ends,
  },
  needs_auth: {
    open: 'needs_auth',
    hello: 'connected',
    lost: 'reconnecting',
    long_lost: 'needs_auth',
    no_network: 'needs_auth',
    unauthorized: 'needs_auth',
    refused: 'failed',
    retry: 'needs_auth',
    ...ends,
  },
  failed: {
    open: 'failed',
    hello: 'failed',
    lost: 'failed',
    long_lost: 'failed',
    no_network: 'failed',
    unauthorized: 'failed',
    refused: 'failed',
    retry: 'connecting',
    ...ends,
  },
  closed: {
    open: 'closed',
    hello: 'closed',
    lost: 'closed',
    long_lost: 'closed',
    no_network: 'closed',
    unauthorized: 'closed',
    refused: 'closed',
    retry: 'closed',
    release: 'closed',
    destroy: 'closed',
  },
};

/** States in which a stream is open, being opened, or about to be tried again. */
export function isTrying(state: ConnectionState): boolean {
  return state !== 'idle' && state !== 'failed' && state !== 'closed';
}
