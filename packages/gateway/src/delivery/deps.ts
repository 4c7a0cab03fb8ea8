import type { ChannelAdapter, Outbound } from '../channels/channel.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';

export interface DeliveryDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly adapterOf: (kind: string) => ChannelAdapter;
  /** Milliseconds until the limits of the number and of the recipient let the message go; 0: now. */
  readonly waitBeforeSending: (outbound: Outbound) => number;
}
