import type { Attachment, Conversation } from '@prosa/core/contract';
import { LazyPart, type Locale } from '@prosa/ui';
import { html, type LitElement, type TemplateResult } from 'lit';
import type { StartDialog, StartDialogOptions } from '../start/start-dialog.ts';
import type { InboxDialogs, InboxDialogsOptions } from './inbox-dialogs.ts';

export type OverlaysOptions = InboxDialogsOptions & StartDialogOptions;

export interface OverlaysView {
  readonly locale: Locale;
  readonly myId: string | null;
  /** A transfer is on its way. */
  readonly busy: boolean;
}

/** What opens over the inbox, each loaded when it is first wanted. */
export class Overlays {
  readonly #dialogs: LazyPart<InboxDialogs>;
  readonly #start: LazyPart<StartDialog>;

  constructor(host: LitElement, options: OverlaysOptions) {
    this.#dialogs = new LazyPart(
      host,
      async () => {
        const { createInboxDialogs } = await import('./inbox-dialogs.ts');
        return createInboxDialogs(host, options);
      },
      options.onError,
    );
    this.#start = new LazyPart(
      host,
      async () => {
        const { StartDialog: Dialog } = await import('../start/start-dialog.ts');
        return new Dialog(host, options);
      },
      options.onError,
    );
  }

  readonly start = (opener: EventTarget | null): void => {
    this.#start.use((dialog) => {
      dialog.show(opener);
    });
  };

  transfer(conversation: Conversation, opener: EventTarget | null): void {
    this.#dialogs.use(({ transfer }) => {
      transfer.show(conversation, opener);
    });
  }

  finish(conversation: Conversation, opener: EventTarget | null): void {
    this.#dialogs.use(({ finish }) => {
      finish.show(conversation, opener);
    });
  }

  readonly openImage = (attachment: Attachment, opener: EventTarget | null): void => {
    this.#dialogs.use(({ lightbox }) => {
      lightbox.show(attachment, opener);
    });
  };

  render(view: OverlaysView): TemplateResult {
    return html`${this.#dialogs.current?.render(view)}${this.#start.current?.render(view)}`;
  }
}
