import type { Attachment, MessageTemplate } from '../contract/index.ts';
import type { MacroAction } from './canned-reply.ts';
import type { Mention } from './mentions.ts';
import type { TemplateBindings } from './template-draft.ts';

/** `note`: for agents only. */
export type WritingMode = 'message' | 'note';

/** What is being written in a conversation, as it is kept. */
export interface Draft {
  readonly text: string;
  readonly mode: WritingMode;
  /** The message that is answered; `null`: none in particular. */
  readonly replyTo: string | null;
  readonly mentions: readonly Mention[];
  /** Files that the gateway has. */
  readonly attachments: readonly Attachment[];
  /** Ids of those that are voice messages. */
  readonly voices: readonly string[];
  readonly template: {
    readonly template: MessageTemplate;
    readonly bindings: TemplateBindings;
    readonly written: Readonly<Record<string, string>>;
  } | null;
  /** What happens once it was sent. */
  readonly actions: readonly MacroAction[];
}

const nothing: readonly never[] = Object.freeze([]);

export const emptyDraft: Draft = Object.freeze({
  text: '',
  mode: 'message',
  replyTo: null,
  mentions: nothing,
  attachments: nothing,
  voices: nothing,
  template: null,
  actions: nothing,
});

/** Nothing would be lost with it. */
export function isEmptyDraft({ text, attachments, template, actions }: Draft): boolean {
  return text.trim() === '' && attachments.length === 0 && template === null && actions.length === 0;
}

interface KeptDraft {
  readonly savedAt: number;
  readonly draft: Draft;
}

/** @param now epoch milliseconds */
export function writeDraft(draft: Draft, now: number): string {
  return JSON.stringify({ savedAt: now, draft } satisfies KeptDraft);
}

/** What was kept; `null` for what is older than that, and for what another version left that cannot be read. */
export function readDraft(kept: string, now: number, keepMs: number): Draft | null {
  try {
    const { savedAt, draft } = JSON.parse(kept) as KeptDraft;
    if (!(now - savedAt < keepMs)) return null;
    const whole = { ...emptyDraft, ...draft };
    const lists = [whole.mentions, whole.attachments, whole.voices, whole.actions];
    if (typeof whole.text !== 'string' || !lists.every(Array.isArray) || isEmptyDraft(whole)) return null;
    return Object.freeze(whole);
  } catch {
    return null;
  }
}
