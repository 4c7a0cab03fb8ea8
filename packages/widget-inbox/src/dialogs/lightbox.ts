import type { Attachment } from '@prosa/core/contract';
import { DialogController, iconDownload, type Locale, type MediaController } from '@prosa/ui';
import { html, nothing, type ReactiveControllerHost } from 'lit';

export interface LightboxOptions {
  readonly media: MediaController;
  readonly localUrl: (attachmentId: string) => string | null;
  readonly onDownload: (attachment: Attachment) => void;
}

/** A picture in full. */
export class Lightbox {
  readonly #dialog: DialogController;
  readonly #options: LightboxOptions;
  #attachment: Attachment | null = null;

  constructor(host: ReactiveControllerHost, options: LightboxOptions) {
    this.#dialog = new DialogController(host, 'lightbox');
    this.#options = options;
  }

  show(attachment: Attachment, opener: EventTarget | null): void {
    this.#attachment = attachment;
    this.#dialog.show(opener);
  }

  render({ t }: Locale): unknown {
    const attachment = this.#attachment;
    if (!attachment) return nothing;
    const { media, localUrl, onDownload } = this.#options;
    return this.#dialog.render(() => {
      const url = localUrl(attachment.id) ?? media.of(attachment).url;
      return {
        title: attachment.fileName || t.image,
        closeLabel: t.close,
        className: 'lightbox',
        body: url ? html`<img src=${url} alt=${t.image} />` : html`<p class="muted">${t.loading}</p>`,
        foot: html`<button
          class="button"
          type="button"
          @click=${() => {
            onDownload(attachment);
          }}
        >
          ${iconDownload}<span>${t.download}</span>
        </button>`,
      };
    });
  }
}
