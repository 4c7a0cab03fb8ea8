import type { ChannelRow } from './channel.ts';

/** When the customer's phone is told that their messages were read. */
export const readReceiptPolicies = ['never', 'on_reply', 'on_open'] as const;

export type ReadReceipts = (typeof readReceiptPolicies)[number];

/** The policy of a channel: `on_open` when it says nothing else. */
export function readReceiptsOf({ config }: Pick<ChannelRow, 'config'>): ReadReceipts {
  try {
    const { readReceipts } = (JSON.parse(config) ?? {}) as { readonly readReceipts?: unknown };
    return readReceiptPolicies.find((policy) => policy === readReceipts) ?? 'on_open';
  } catch {
    return 'on_open';
  }
}
