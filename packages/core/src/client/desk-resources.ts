import type {
  Profile,
  ProfileCreate,
  ProfileUpdate,
  SearchHit,
  Settings,
  SettingsUpdate,
  Tag,
  TagCreate,
  TagUpdate,
  ConversationStatus,
  Channel,
  ChannelCreate,
  ChannelFinding,
  ChannelUpdate,
  DeadLetter,
} from '../contract/index.ts';
import type { CallOptions, CommandOptions, List, PageParams } from './prosa-client.ts';

export interface Deleted {
  readonly deleted: boolean;
}

/** What agents may do: named sets of permissions. */
export interface ProfilesResource {
  list(params?: PageParams, options?: CallOptions): List<Profile>;
  get(profileId: string, options?: CallOptions): Promise<Profile>;
  create(profile: ProfileCreate, options?: CommandOptions): Promise<Profile>;
  update(profileId: string, changes: ProfileUpdate, options?: CommandOptions): Promise<Profile>;
  /** Rejects with `in_use` while an agent has it. */
  delete(profileId: string, options?: CommandOptions): Promise<Deleted>;
}

export interface TagsResource {
  /** By name; with `queueId` those that its conversations may have. */
  list(params?: PageParams & { readonly queueId?: string | undefined }, options?: CallOptions): List<Tag>;
  create(tag: TagCreate, options?: CommandOptions): Promise<Tag>;
  update(tagId: string, changes: TagUpdate, options?: CommandOptions): Promise<Tag>;
  delete(tagId: string, options?: CommandOptions): Promise<Deleted>;
}

/** WhatsApp numbers. Tokens and secrets go in, and never come out. */
export interface ChannelsResource {
  list(params?: PageParams, options?: CallOptions): List<Channel>;
  get(channelId: string, options?: CallOptions): Promise<Channel>;
  create(channel: ChannelCreate, options?: CommandOptions): Promise<Channel>;
  update(channelId: string, changes: ChannelUpdate, options?: CommandOptions): Promise<Channel>;
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

/** Messages and files that were given up, for who looks after the channels. */
export interface DeadLettersResource {
  /** Newest first, with every error. */
  list(params?: PageParams, options?: CallOptions): List<DeadLetter>;
  /**
   * Tries it once more.
   * @example
   * for await (const { id } of prosa.deadLetters.list()) await prosa.deadLetters.redrive(id);
   */
  redrive(deadLetterId: string, options?: CommandOptions): Promise<DeadLetter>;
}

/** How the workspace works. */
export interface SettingsResource {
  get(options?: CallOptions): Promise<Settings>;
  update(changes: SettingsUpdate, options?: CommandOptions): Promise<Settings>;
}

export interface SearchParams extends PageParams {
  readonly status?: ConversationStatus | undefined;
  readonly queueId?: string | undefined;
  readonly agentId?: string | undefined;
  readonly tagId?: string | undefined;
  readonly origin?: 'whatsapp' | 'webchat' | undefined;
  /** ISO 8601. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface SearchResource {
  /**
   * By name, phone in any form, CPF or CNPJ, protocol, or words of messages; accents do not matter. Newest first.
   * @example
   * for await (const { conversation, messageId } of prosa.search.conversations('segunda via')) console.log(conversation.protocol);
   */
  conversations(q: string, params?: SearchParams, options?: CallOptions): List<SearchHit>;
}
