import type { WebchatSnapshot } from './webchat-client.ts';

/** Before anything was asked. */
export const emptySnapshot: WebchatSnapshot = Object.freeze({
  status: 'idle',
  error: null,
  config: null,
  visitor: null,
  conversation: null,
  messages: Object.freeze([]),
  pending: Object.freeze([]),
  hasMore: false,
  typing: false,
  connection: 'idle',
});
