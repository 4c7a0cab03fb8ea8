/**
 * Codes of errors that the client itself makes; the others come from the gateway (`ErrorCode` of the contract).
 * Codes are stable: they are never renamed and never reused for something else.
 */
export const clientErrorCodes = {
  aborted: 'The caller gave up: its signal was aborted, the message was discarded, or the client was destroyed',
  client_destroyed: 'A method was called after `destroy()`',
  connection_failed: 'No answer: no network, the server is down, or the browser refused (CORS, mixed content)',
  connection_lost: 'The event stream ended or fell silent; it reconnects by itself',
  invalid_argument: 'A value cannot be used; the message names it',
  outbox_expired: 'A message waited over 24 hours for a connection; it is sent only when asked to',
  timeout: 'The server took too long to answer',
  token_unavailable: "The host's token function failed, took too long, or returned no token",
  unexpected_response: 'Something answered that is not a Prosa gateway: a proxy, a login page, another server',
} as const;

export type ClientErrorCode = keyof typeof clientErrorCodes;
