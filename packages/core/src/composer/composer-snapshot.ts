import type { UploadQueueSnapshot } from '../upload-queue/upload.ts';
import type { MacroAction } from './canned-reply.ts';
import type { WritingMode } from './draft.ts';
import type { Mention } from './mentions.ts';
import type { SendBlock } from './send-block.ts';
import type { Suggestion } from './suggestions.ts';
import type { TemplateDraft } from './template-draft.ts';

/** Everything that a composer shows. */
export interface ComposerSnapshot {
  readonly text: string;
  /** Where the caret belongs, in UTF-16 units: after a choice, behind what was put in. */
  readonly caret: number;
  readonly mode: WritingMode;
  /** The message that is answered; `null`: none in particular. */
  readonly replyTo: string | null;
  readonly mentions: readonly Mention[];
  readonly uploads: UploadQueueSnapshot;
  /** The template that goes instead of the text. */
  readonly template: TemplateDraft | null;
  /** What a macro does once it was sent. */
  readonly actions: readonly MacroAction[];
  /** What can be chosen where the caret is. */
  readonly suggestion: Suggestion | null;
  /** Characters beyond what may be sent. */
  readonly excess: number;
  /** Placeholders in the text that nobody knows a value for. */
  readonly unfilled: readonly string[];
  readonly isEmpty: boolean;
  readonly canSend: boolean;
  /** Why not; `null` when it can. */
  readonly blockedBy: SendBlock | null;
}
