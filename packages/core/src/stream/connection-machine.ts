/**
 * The states of the event stream and what moves it between them. Every cell is written, so that the compiler
 * refuses a state or an input that was forgotten; `·` in the drawing is "stays".
 *
 *                open        hello      lost          long_lost  no_network  unauthorized  refused  retry       release  destroy
 *  idle          connecting  ·          ·             ·          ·           ·             ·        ·           ·        closed
 *  connecting    ·           connected  reconnecting  offline    offline     needs_auth    failed   ·           idle     closed
 *  connected     ·           ·          reconnecting  ·          offline     needs_auth    failed   ·           idle     closed
 *  reconnecting  ·           connected  ·             offline    offline     needs_auth    failed   ·           idle     closed
 *  offline       ·           connected  ·             ·          ·           needs_auth    failed   ·           idle     closed
 *  needs_auth    ·           connected  reconnecting  ·          ·           ·             failed   ·           idle     closed
 *  failed        ·           ·          ·             ·          ·           ·             ·        connecting  idle     closed
 *  closed        ·           ·          ·             ·          ·           ·             ·        ·           ·        ·
 *
 * A stream that still looks open is given up on `no_network`: it would take the watchdog half a minute to find it dead.
 * `offline` keeps trying, so a browser that says it wrongly (a gateway on this machine needs no network) is connected
 * again at once. `failed` waits for somebody to ask again.
 */
import type { ConnectionState } from '../client/connection-state.ts';

/**
 * `open` somebody needs the stream · `hello` the server's first frame · `lost` a try failed or the stream ended ·
 * `long_lost` nothing heard for two minutes · `no_network` the browser says so · `unauthorized` no token, or one that
 * is refused · `refused` the server will not serve this page, ever · `retry` somebody asks to try now ·
 * `release` nobody needs the stream · `destroy` the client ends.
 */
export type ConnectionInput = (typeof connectionInputs)[number];

/** The columns of the table, in its order. */
export const connectionInputs = [
  'open',
  'hello',
  'lost',
  'long_lost',
  'no_network',
  'unauthorized',
  'refused',
  'retry',
  'release',
  'destroy',
] as const;

type RowOf<Inputs extends readonly unknown[]> = { readonly [Column in keyof Inputs]: ConnectionState };
type Row = RowOf<typeof connectionInputs>;

const idle = 'idle';
const connecting = 'connecting';
const connected = 'connected';
const reconnecting = 'reconnecting';
const offline = 'offline';
const needsAuth = 'needs_auth';
const failed = 'failed';
const closed = 'closed';

// prettier-ignore
export const connectionTable: Readonly<Record<ConnectionState, Row>> = {
  //            open        hello      lost          long_lost  no_network unauthorized refused retry       release destroy
  idle:         [connecting, idle,      idle,         idle,      idle,      idle,       idle,   idle,       idle,   closed],
  connecting:   [connecting, connected, reconnecting, offline,   offline,   needsAuth,  failed, connecting, idle,   closed],
  connected:    [connected,  connected, reconnecting, connected, offline,   needsAuth,  failed, connected,  idle,   closed],
  reconnecting: [reconnecting, connected, reconnecting, offline, offline,   needsAuth,  failed, reconnecting, idle, closed],
  offline:      [offline,    connected, offline,      offline,   offline,   needsAuth,  failed, offline,    idle,   closed],
  needs_auth:   [needsAuth,  connected, reconnecting, needsAuth, needsAuth, needsAuth,  failed, needsAuth,  idle,   closed],
  failed:       [failed,     failed,    failed,       failed,    failed,    failed,     failed, connecting, idle,   closed],
  closed:       [closed,     closed,    closed,       closed,    closed,    closed,     closed, closed,     closed, closed],
};

/** The state after `input`; the same when it changes nothing. */
export function nextState(state: ConnectionState, input: ConnectionInput): ConnectionState {
  return connectionTable[state][connectionInputs.indexOf(input)] ?? state;
}

/** States in which a stream is open, being opened, or about to be tried again. */
export function isTrying(state: ConnectionState): boolean {
  return state !== 'idle' && state !== 'failed' && state !== 'closed';
}
