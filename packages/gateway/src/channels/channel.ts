import type { Message, TemplateCategory, TemplateQuality, TemplateStatus } from '@prosa/core/contract';
import type { Selectable } from 'kysely';
import type { StoredComponent } from '../domain/hsm.ts';
import type { SendLimit } from '../domain/send-limit.ts';
import type { MessagesTable } from '../store/message-schema.ts';
import type { AttachmentsTable, ChannelsTable, ContactsTable } from '../store/schema.ts';

export type ChannelRow = Selectable<ChannelsTable>;
export type ContactRow = Selectable<ContactsTable>;
export type MessageRow = Selectable<MessagesTable>;
export type AttachmentRow = Selectable<AttachmentsTable>;

/** A message on its way out, with all that its channel needs to send it. */
export interface Outbound {
  readonly channel: ChannelRow;
  readonly contact: ContactRow;
  readonly message: MessageRow;
  readonly attachment: AttachmentRow | null;
  /** All that it names, the attachment among them; more than one only where each part has its own. */
  readonly files: readonly AttachmentRow[];
  /** The provider's id of the message that it answers; `null`: it answers none, or one that the provider does not know. */
  readonly quotedProviderId: string | null;
}

/** What a provider's refusal says of the channel itself, beside the message. */
export interface ChannelTrouble {
  readonly status: Exclude<ChannelStatus, 'healthy'>;
  /** Nothing can be sent until it is over, so what is to be sent waits. */
  readonly pauses: boolean;
}

/**
 * - `token_invalid`: the access token has expired or was revoked.
 * - `permission_missing`: the token may not do what is asked of it.
 * - `misconfigured`: the configuration cannot be read.
 * - `restricted`: the provider has restricted the account or the number.
 */
export const channelStatuses = [
  'healthy',
  'token_invalid',
  'permission_missing',
  'misconfigured',
  'restricted',
] as const;
export type ChannelStatus = (typeof channelStatuses)[number];

/** Which limit a provider says was reached: of the number (or its whole account), or of one person. */
export type ReachedLimit = 'number' | 'person';

/** What came of handing a message to the provider. */
export type SendResult =
  | {
      readonly outcome: 'accepted';
      readonly providerId: string;
      /** The address that the provider uses, when it differs from ours (Brazil's ninth digit). */
      readonly address: string | null;
      /** The provider's id of the person, when it tells it. */
      readonly userId: string | null;
    }
  /** It will never go, unless it is the channel that has to get well (`trouble.pauses`). */
  | { readonly outcome: 'failed'; readonly code: string; readonly detail: string; readonly trouble?: ChannelTrouble }
  /** It did not go, and may later. */
  | {
      readonly outcome: 'retry';
      readonly code: string;
      readonly detail: string;
      /** The provider asks for at least so much patience, milliseconds. */
      readonly afterMs: number | null;
      /** All who share this limit have to wait. */
      readonly limit?: ReachedLimit;
      /** It is not worth more tries than these. */
      readonly tries?: number;
      readonly trouble?: ChannelTrouble;
    }
  /** The answer was lost: it may have gone. */
  | { readonly outcome: 'unconfirmed'; readonly detail: string };

/** In the languages of those who read it. */
export type FailureReason = NonNullable<NonNullable<Message['failure']>['reason']>;

export type ProbeResult = { readonly outcome: 'well' } | Extract<SendResult, { readonly outcome: 'failed' | 'retry' }>;

export type Prepared = { readonly outcome: 'ready' } | Extract<SendResult, { readonly outcome: 'failed' | 'retry' }>;

/** A kind of channel, as delivery sees it. */
export interface ChannelAdapter {
  readonly kind: string;
  /** How long after the customer's last message free-form messages may be sent; `null`: always. */
  readonly serviceWindowMs: number | null;
  /**
   * What has to be there before the message can go (its file, at the provider), and can be repeated without harm.
   * `ready`, or why not.
   */
  prepare?(outbound: Outbound, options: { readonly signal: AbortSignal }): Promise<Prepared>;
  send(outbound: Outbound, options: { readonly signal: AbortSignal }): Promise<SendResult>;
  /** The company's reaction to the message, which the customer wrote; empty: none any more. Harmless to repeat. */
  react(outbound: Outbound, emoji: string, options: { readonly signal: AbortSignal }): Promise<SendResult>;
  /** How fast the channel may send: all in all, and to one person. */
  limits(channel: ChannelRow): { readonly number: SendLimit; readonly person: SendLimit };
  /** What a failure means for whoever reads it; `null`: nothing better than what the provider said is known. */
  failureReason(code: string): FailureReason | null;
  /** Whether a failure says that the template itself cannot be sent, to whomever. */
  isTemplateRefusal(code: string): boolean;
  /** Whether a failure may be about a file that the message names by the provider's id. */
  isFileRefusal(code: string): boolean;
  /** Tells the customer's app that the message was read; `typing`: and that an answer is being written. */
  markRead(outbound: Outbound, options: { readonly signal: AbortSignal; readonly typing?: boolean }): Promise<void>;
  /** Whether the provider lets the channel in. Sends nothing. */
  probe(channel: ChannelRow, options: { readonly signal: AbortSignal }): Promise<ProbeResult>;
  /** Fetches a file that came in and stores it under `key`. */
  fetchMedia(
    channel: ChannelRow,
    attachment: AttachmentRow,
    key: string,
    options: { readonly signal: AbortSignal },
  ): Promise<FetchedMedia>;
  /** What the provider reviews before it may be sent; absent: the channel has no such thing. */
  readonly templates?: TemplateAdapter;
}

/** A message template as the provider has it. */
export interface ProviderTemplate {
  readonly providerId: string;
  readonly name: string;
  readonly language: string;
  readonly category: TemplateCategory;
  readonly status: TemplateStatus;
  readonly reason: string | null;
  readonly quality: TemplateQuality | null;
  readonly previousCategory: TemplateCategory | null;
  readonly components: readonly StoredComponent[];
}

/** A template of ours, on its way to the provider. */
export type TemplateDraft = Pick<ProviderTemplate, 'name' | 'language' | 'category' | 'components'> & {
  /** `null`: the provider does not have it yet. */
  readonly providerId: string | null;
};

export type TemplateFailed = Extract<SendResult, { readonly outcome: 'failed' }>;
export type TemplateRetry = Extract<SendResult, { readonly outcome: 'retry' }>;

export type SubmitResult =
  /** In review, or judged already. */
  | { readonly outcome: 'accepted'; readonly template: Pick<ProviderTemplate, 'providerId' | 'category' | 'status'> }
  /** `current`: what the provider keeps instead, when it has an older text of it. */
  | (TemplateFailed & { readonly current: ProviderTemplate | null })
  | TemplateRetry;

/** Templates at the provider. Each of these can be repeated without harm, also when its answer was lost. */
export interface TemplateAdapter {
  /**
   * @param options.intent `again`: it was tried before, and may have arrived; `settle`: the same, and nobody wants it any
   *   more: only whether it arrived is found out
   */
  submit(
    channel: ChannelRow,
    draft: TemplateDraft,
    options: { readonly intent: 'first' | 'again' | 'settle'; readonly signal: AbortSignal },
  ): Promise<SubmitResult>;
  /** `done` also when it is gone already. */
  remove(
    channel: ChannelRow,
    template: Pick<ProviderTemplate, 'providerId' | 'name' | 'language'>,
    options: { readonly signal: AbortSignal },
  ): Promise<{ readonly outcome: 'done' } | TemplateFailed | TemplateRetry>;
  /** One page of the provider's list. `next` is where the following one begins; `null`: it was the last. */
  list(
    channel: ChannelRow,
    after: string | null,
    options: { readonly signal: AbortSignal },
  ): Promise<
    | { readonly outcome: 'listed'; readonly templates: readonly ProviderTemplate[]; readonly next: string | null }
    | TemplateFailed
    | TemplateRetry
  >;
}

export type FetchedMedia =
  | { readonly outcome: 'stored'; readonly size: number; readonly sha256: string; readonly mimeType: string }
  | { readonly outcome: 'failed'; readonly detail: string; readonly trouble?: ChannelTrouble }
  | { readonly outcome: 'retry'; readonly detail: string };
