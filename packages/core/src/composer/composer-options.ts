import type { Clock, HasClock } from '../client/clock.ts';
import type { CallOptions, ProsaClient } from '../client/prosa-client.ts';
import type { Attachment, MessageSend, MessageTemplate } from '../contract/index.ts';
import type { WritingContext } from '../placeholders/placeholders.ts';
import type { FileRules } from '../upload-queue/file-rules.ts';
import type { UploadQueueOptions } from '../upload-queue/upload-queue.ts';
import type { CannedReply } from './canned-reply.ts';
import type { DraftStorage } from './draft-storage.ts';
import type { Mention } from './mentions.ts';
import type { MacroClient } from './run-actions.ts';
import type { MentionCandidate } from './suggestions.ts';
import type { TemplateBindings } from './template-draft.ts';

/** What composers need of a client. */
export type ComposerClient = MacroClient &
  HasClock & {
    readonly messages: Pick<ProsaClient['messages'], 'send'>;
    readonly attachments: Pick<ProsaClient['attachments'], 'upload'>;
    readonly agents: Pick<ProsaClient['agents'], 'me' | 'list'>;
  };

/** A note, ready for wherever the host keeps notes. */
export interface OutgoingNote {
  readonly conversationId: string;
  readonly text: string;
  /** By their places in `text`. */
  readonly mentions: readonly Mention[];
  /** Files that the gateway has. */
  readonly attachments: readonly Attachment[];
}

/** Longest texts, in UTF-16 units as the gateway counts them. */
export interface TextLimits {
  readonly text: number;
  /** With a file. */
  readonly caption: number;
}

/** What a composer has at hand: rules for files, replies, agents to mention, placeholders. */
export interface ComposerOptions extends Pick<UploadQueueOptions, 'concurrency'> {
  /** Which files go; what the conversation's channel takes when absent. */
  readonly rules?: FileRules | undefined;
  /** Replies and macros, asked for when somebody first types `/`. */
  readonly canned?: (() => Promise<readonly CannedReply[]>) | undefined;
  /** Who can be mentioned in a note; the active agents when absent. */
  readonly mentionable?: (() => Promise<readonly MentionCandidate[]>) | undefined;
  /** Placeholders of the host beside those of `placeholderValues`; names in lower case, as `pedido.numero`. */
  readonly placeholders?: ((context: WritingContext) => Readonly<Record<string, string | null>>) | undefined;
  /** Which fields a template's variables are filled in with by themselves. */
  readonly bindings?: ((template: MessageTemplate) => TemplateBindings) | undefined;
  /** 4096 and 1024 when absent (Meta, "Text messages" and "Media"). */
  readonly limits?: TextLimits | undefined;
  /** Asked before each message; `false` keeps what was written as it is. */
  readonly beforeSend?: ((conversationId: string, message: MessageSend) => boolean) | undefined;
  /** Keeps an internal note. The contract has no route for them yet: without this there is no note mode. */
  readonly sendNote?: ((note: OutgoingNote, options: CallOptions) => Promise<unknown>) | undefined;
  readonly clock?: Clock | undefined;
}

/** What all composers of an agent share, and where their drafts are kept. */
export interface ComposersOptions extends ComposerOptions {
  /** What survives a reload; memory when absent. */
  readonly storage?: DraftStorage | undefined;
  /** Whose drafts they are; the id of the agent whose token the client uses when absent. */
  readonly owner?: string | undefined;
  /** Drafts that nobody touched for so long are gone, in milliseconds; 30 days when absent. */
  readonly keepMs?: number | undefined;
}
