import type { Attachment } from '@prosa/core/contract';
import { DialogController, iconDownload, type Locale, type MediaController } from '@prosa/ui';
import { html, type ReactiveControllerHost } from 'lit';

/** A picture in full. */
export class Lightbox {
  readonly #dialog: DialogController;
  #attachment: Attachment | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#dialog = new DialogController(host, 'lightbox');
  }

  show(attachment: Attachment, opener: EventTarget | null): void {
    this.#attachment = attachment;
    this.#dialog.show(opener);
  }

  render({ t }: Locale, media: MediaController, localUrl: string | null, onDownload: (file: Attachment) => void): unknown {
    const attachment = this.#attachment;
    if (!attachment) return '';
    return this.#dialog.render(() => ({
      title: attachment.fileName || t.image,
      closeLabel: t.close,
      className: 'lightbox',
      body: html`<img src=${localUrl ?? media.of(attachment).url ?? ''} alt=${t.image} />`,
      foot: html`<button
        class="button"
        type="button"
        autofocus
        aria-label=${t.download(attachment.fileName)}
        @click=${() => {
          onDownload(attachment);
        }}
      >
        ${iconDownload}<span>${t.download('').trim()}</span>
      </button>`,
    }));
  }

  get attachment(): Attachment | null {
    return this.#attachment;
  }
}
