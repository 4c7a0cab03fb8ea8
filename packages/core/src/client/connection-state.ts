/**
 * Where the event stream stands.
 *
 * `idle` nobody needs it · `connecting` first try · `connected` · `reconnecting` lost less than two minutes ago ·
 * `offline` lost for longer, or the browser says there is no network; it keeps trying · `needs_auth` the host's token
 * was refused or could not be had; it is asked for again slowly · `failed` the server refuses for good (a page that is
 * not on the list of origins) · `closed` destroyed.
 */
export type ConnectionState =
  'idle' | 'connecting' | 'connected' | 'reconnecting' | 'offline' | 'needs_auth' | 'failed' | 'closed';

/** How events come: as a stream, in answers that the server holds until there is something, or from another tab. */
export type EventTransport = 'sse' | 'poll' | 'tab';
