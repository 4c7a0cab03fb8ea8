import type { Attachment, Conversation, ClosingOutcome } from '@prosa/core/contract';
import { dialogStyles, fieldStyles, type Locale, type MediaController } from '@prosa/ui';
import { html, type LitElement, type TemplateResult } from 'lit';
import { adopt } from './adopt.ts';
import { choiceStyles } from './choice.styles.ts';
import { FinishDialog } from './finish-dialog.ts';
import { Lightbox } from './lightbox.ts';
import { lightboxStyles } from './lightbox.styles.ts';
import { TransferDialog, type TransferDialogOptions } from './transfer-dialog.ts';

export interface InboxDialogsOptions extends TransferDialogOptions {
  readonly media: MediaController;
  /** `blob:` link of a picture that was chosen here. */
  readonly localUrl: (attachmentId: string) => string | null;
  readonly onDownload: (attachment: Attachment) => void;
  readonly onFinish: (conversation: Conversation, outcome: ClosingOutcome) => void;
}

export interface InboxDialogs {
  readonly transfer: TransferDialog;
  readonly finish: FinishDialog;
  readonly lightbox: Lightbox;
  render(view: { readonly locale: Locale; readonly myId: string | null; readonly busy: boolean }): TemplateResult;
}

/** What opens over the inbox, loaded with the first of them. */
export function createInboxDialogs(host: LitElement, options: InboxDialogsOptions): InboxDialogs {
  adopt(host, fieldStyles, dialogStyles, choiceStyles, lightboxStyles);
  const transfer = new TransferDialog(host, options);
  const finish = new FinishDialog(host, options.onFinish);
  const lightbox = new Lightbox(host, options);
  return {
    transfer,
    finish,
    lightbox,
    render: (view) => html`${transfer.render(view)}${finish.render(view.locale)}${lightbox.render(view.locale)}`,
  };
}
