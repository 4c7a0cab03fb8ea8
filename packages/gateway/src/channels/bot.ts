import type { ChannelRow } from './channel.ts';

/** Whether an automation has the conversations of the channel first. What cannot be read must keep no message out. */
export function hasBot({ config }: Pick<ChannelRow, 'config'>): boolean {
  try {
    return (JSON.parse(config) as { readonly bot?: unknown } | null)?.bot === true;
  } catch {
    return false;
  }
}
