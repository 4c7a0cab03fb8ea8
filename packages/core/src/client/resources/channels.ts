import type { Channel, ChannelCreate, ChannelFinding, ChannelUpdate } from '../../contract/index.ts';
import { channelPaths as routes } from '../../contract/paths.ts';
import type { CallOptions, CommandOptions, Deleted, List, PageParams } from '../call-options.ts';
import type { Calls } from './calls.ts';

/**
 * WhatsApp numbers. Tokens and secrets go in, and never come out. A method that takes an id rejects with `not_found`.
 */
export interface ChannelsResource {
  /** Oldest first, each with its health. Rejects with `cursor_invalid`. */
  list(params?: PageParams, options?: CallOptions): List<Channel>;
  /** One number, with its health. */
  get(channelId: string, options?: CallOptions): Promise<Channel>;
  /** Connects a number. Rejects with `number_taken`. */
  create(channel: ChannelCreate, options?: CommandOptions): Promise<Channel>;
  /** What waits because its token was refused is tried again at once. */
  update(channelId: string, changes: ChannelUpdate, options?: CommandOptions): Promise<Channel>;
  /** Only while nobody has written to it: rejects with `in_use`. */
  delete(channelId: string, options?: CommandOptions): Promise<Deleted>;
  /**
   * Asks Meta whether everything is right. It takes some seconds.
   * @example
   * const { findings } = await prosa.channels.test(id);
   * for (const { outcome, text } of findings) if (outcome !== 'ok') console.warn(text['pt-BR']);
   */
  test(
    channelId: string,
    options?: CommandOptions,
  ): Promise<{ readonly ok: boolean; readonly findings: readonly ChannelFinding[]; readonly channel: Channel }>;
}

export function createChannels({ methods }: Calls): ChannelsResource {
  const { list, act, say } = methods();
  return {
    list: list(routes.list),
    get: act(routes.get),
    create: say(routes.create),
    update: say(routes.update),
    delete: act(routes.delete),
    test: act(routes.test),
  };
}
