import { keepEqual } from '../observed/keep-equal.ts';
import { fillText, type PlaceholderValues, type WritingContext } from '../placeholders/placeholders.ts';
import type { UploadQueueSnapshot } from '../upload-queue/upload.ts';
import type { ComposerOptions } from './composer-options.ts';
import type { ComposerSnapshot } from './composer-snapshot.ts';
import { isEmptyDraft, type Draft } from './draft.ts';
import { isCaption } from './outgoing.ts';
import { needsTemplate, writingBlock, type SendBlock } from './send-block.ts';
import { suggestionFor, type Suggestion, type SuggestionLists } from './suggestions.ts';
import { fillTemplate } from './template-draft.ts';
import { triggerAt, type Trigger } from './trigger.ts';

const defaultLimits = { text: 4096, caption: 1024 };

export interface ComposerState {
  readonly draft: Draft;
  readonly caret: number;
  /** The trigger that the agent does not want suggestions for. */
  readonly dismissed: Trigger | null;
  readonly context: WritingContext;
  readonly values: PlaceholderValues;
  readonly uploads: UploadQueueSnapshot;
}

/** What a composer shows, from what it holds. Parts that say the same as before keep their reference. */
export function snapshotOf(
  state: ComposerState,
  before: ComposerSnapshot | null,
  options: ComposerOptions,
  lists: SuggestionLists,
  now: number,
): ComposerSnapshot {
  const { draft, caret, uploads, values } = state;
  const { text, mode, replyTo, mentions, actions } = draft;
  const filled = fillText(text, values);
  const unfilled = mode === 'message' ? filled.missing : [];
  const excess = excessOf(mode === 'message' ? filled.text : text, uploads, options);
  const kept = draft.template;
  const template = kept && fillTemplate(kept.template, kept.bindings, values, kept.written);
  const shown = {
    text,
    caret,
    mode,
    replyTo,
    mentions,
    uploads,
    actions,
    excess,
    template: template && keepEqual(before?.template ?? null, template),
    suggestion: keepEqual(before?.suggestion ?? null, suggestionOf(state, before?.suggestion ?? null, lists)),
    unfilled: keepEqual(before?.unfilled ?? [], unfilled),
    isEmpty: isEmptyDraft(draft) && uploads.uploads.length === 0,
  };
  const blockedBy = blockOf(shown, state.context, options, now);
  return { ...shown, blockedBy, canSend: blockedBy === null };
}

function excessOf(text: string, { uploads }: UploadQueueSnapshot, { limits = defaultLimits }: ComposerOptions): number {
  // What the name does not tell goes as a document, which takes a caption.
  const files = uploads.map(({ kind }) => ({ kind: kind ?? 'document' }));
  return Math.max(0, text.trim().length - (isCaption(files) ? limits.caption : limits.text));
}

function suggestionOf(
  { draft, caret, dismissed, values }: ComposerState,
  before: Suggestion | null,
  lists: SuggestionLists,
): Suggestion | null {
  const kinds = draft.mode === 'note' ? (['mention', 'canned'] as const) : (['canned', 'placeholder'] as const);
  const trigger = triggerAt(draft.text, caret, kinds);
  if (!trigger || (trigger.kind === dismissed?.kind && trigger.start === dismissed.start)) return null;
  const isNew = before?.kind !== trigger.kind || before.query !== trigger.query;
  return suggestionFor(trigger, lists, values, isNew);
}

type Shown = Omit<ComposerSnapshot, 'canSend' | 'blockedBy'>;

function blockOf(shown: Shown, context: WritingContext, options: ComposerOptions, now: number): SendBlock | null {
  const { mode, template, uploads, actions, excess, unfilled } = shown;
  const hasWords = shown.text.trim() !== '' || uploads.uploads.length > 0;
  if (mode === 'note') {
    if (!options.sendNote) return 'note_not_supported';
  } else {
    const { conversation, agent } = context;
    const block = writingBlock(conversation, agent?.id ?? null);
    if (block || !conversation) return block;
    if (template) {
      if (conversation.origin !== 'whatsapp') return 'template_not_here';
      if (!template.template.sendable || template.template.needs?.length) return 'template_not_sendable';
      return template.missing.length > 0 ? 'variables_missing' : null;
    }
    if (hasWords || actions.length === 0) {
      if (needsTemplate(conversation, now)) return 'needs_template';
    }
  }
  if (uploads.hasFailed) return 'uploads_failed';
  if (uploads.isBusy) return 'uploading';
  if (excess > 0) return 'too_long';
  if (unfilled.length > 0) return 'placeholders_missing';
  return hasWords || actions.length > 0 ? null : 'empty';
}
