import type { ChannelHealth } from '@prosa/core/contract';
import type { ChannelRow } from '../channels/channel.ts';

/** What the provider says about a number; kept as JSON in `channels.standing`. Times are epoch milliseconds. */
export interface Standing {
  readonly quality?: ChannelHealth['quality'];
  readonly messagingLimit?: ChannelHealth['messagingLimit'];
  readonly name?: ChannelHealth['name'];
  /** By what they forbid. */
  readonly restrictions?: Readonly<Record<string, { readonly until: number | null }>>;
  readonly alert?: { readonly type: string; readonly text: string | null; readonly at: number };
  /** It may send more in a second than numbers usually do (Meta, "Throughput"). */
  readonly upgraded?: boolean;
  /** The number as the provider writes it, when the settings do not say it. */
  readonly displayPhoneNumber?: string;
  /** When each kind of news was told last: what comes late changes nothing. */
  readonly toldAt?: Readonly<Record<string, number>>;
}

export function standingOf({ standing }: Pick<ChannelRow, 'standing'>): Standing {
  return JSON.parse(standing) as Standing;
}
