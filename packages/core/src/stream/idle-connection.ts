import type { ConnectionSnapshot } from '../client/prosa-client.ts';

/** A connection that nobody has needed yet; and what a page that is drawn on a server shows. */
export const idleConnection: ConnectionSnapshot = /* @__PURE__ */ Object.freeze({
  state: 'idle',
  from: 'idle',
  reason: 'release',
  transport: null,
  attempt: 0,
  nextTryAt: null,
  error: null,
});
