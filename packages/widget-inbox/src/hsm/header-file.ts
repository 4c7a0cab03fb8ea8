import type { ProsaClient } from '@prosa/core';
import type { Attachment, MessageTemplate } from '@prosa/core/contract';
import { errorText, iconAttach, iconClose, iconRetry, iconWarning, type Locale } from '@prosa/ui';
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { headerFileWords } from './header-file-words.ts';

/** What a header can be besides a text. */
export type HeaderFileKind = 'image' | 'video' | 'document';

/** What Meta takes in a header (Meta, "Template components"). */
const accepted: Readonly<Record<HeaderFileKind, string>> = {
  image: 'image/jpeg,image/png',
  video: 'video/mp4,video/3gpp',
  document: 'application/pdf',
};

/** The kind of file that a template has above its text; `null`: none. */
export function headerFileOf({ needs }: Pick<MessageTemplate, 'needs'>): HeaderFileKind | null {
  return (['image', 'video', 'document'] as const).find((kind) => needs?.includes(kind)) ?? null;
}

/** The file for the header of the template that is being filled in: chosen, uploaded, and perhaps refused. */
export class HeaderFile {
  readonly #host: ReactiveControllerHost;
  readonly #id: string;
  readonly #input = createRef<HTMLInputElement>();
  #file: File | null = null;
  #url: string | null = null;
  #attachment: Attachment | null = null;
  #progress = 0;
  #error: unknown = null;
  #upload: AbortController | null = null;

  /** @param id of its button, unique in the element */
  constructor(host: ReactiveControllerHost, id: string) {
    this.#host = host;
    this.#id = id;
  }

  /** As it is stored, once it is. */
  get attachmentId(): string | null {
    return this.#attachment?.id ?? null;
  }

  reset(): void {
    this.#upload?.abort();
    if (this.#url !== null) URL.revokeObjectURL(this.#url);
    this.#file = this.#url = this.#attachment = this.#error = this.#upload = null;
    this.#progress = 0;
  }

  render(locale: Locale, client: ProsaClient, kind: HeaderFileKind): TemplateResult {
    const { t } = locale;
    const w = headerFileWords(t.language);
    const labelId = `${this.#id}-label`;
    return html`<div class="field header-file-field" role="group" aria-labelledby=${labelId}>
      <span class="label" id=${labelId}>${w.label[kind]}</span>
      <input
        ${ref(this.#input)}
        type="file"
        hidden
        accept=${accepted[kind]}
        @change=${(event: Event & { target: HTMLInputElement }) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) void this.#take(client, kind, file);
        }}
      />
      ${
        this.#file
          ? this.#chosen(locale, client, kind, this.#file)
          : html`<button
              class="button"
              type="button"
              id=${this.#id}
              @click=${() => {
                this.#input.value?.click();
              }}
            >
              ${iconAttach}${w.choose[kind]}
            </button>`
      }
    </div>`;
  }

  /** Above the text of the preview. */
  preview(kind: HeaderFileKind): TemplateResult | typeof nothing {
    if (!this.#file) return nothing;
    return kind === 'image' && this.#url !== null
      ? html`<img class="header-preview" src=${this.#url} alt="" />`
      : html`<span class="header-preview">${this.#file.name}</span>`;
  }

  #chosen({ t, f }: Locale, client: ProsaClient, kind: HeaderFileKind, file: File): TemplateResult {
    const percent = Math.round(this.#progress * 100);
    const isOnItsWay = this.#attachment === null && this.#error === null;
    return html`<div class="upload ${this.#error ? 'failed' : ''}">
      <span class="file-text">
        <span class="file-name">${file.name}</span>
        ${
          this.#error
            ? html`<span class="upload-error" role="alert">${iconWarning}${this.#problem(t, kind)}</span>`
            : html`<span class="file-about numeric"
                >${f.bytes(file.size)}${isOnItsWay ? html` · ${t.uploading(percent)}` : nothing}</span
              >`
        }
        ${
          isOnItsWay
            ? html`<progress
                max="1"
                .value=${this.#progress}
                aria-label=${`${file.name}, ${t.uploading(percent)}`}
              ></progress>`
            : nothing
        }
      </span>
      ${
        this.#error && !(this.#error instanceof WrongKind)
          ? html`<button
              class="icon-button small"
              type="button"
              aria-label=${t.retryFile(file.name)}
              title=${t.tryAgain}
              @click=${() => void this.#take(client, kind, file)}
            >
              ${iconRetry}
            </button>`
          : nothing
      }
      <button
        class="icon-button small"
        type="button"
        id=${this.#id}
        aria-label=${t.removeFile(file.name)}
        @click=${() => {
          this.reset();
          void this.#redraw();
        }}
      >
        ${iconClose}
      </button>
    </div>`;
  }

  #problem(t: Locale['t'], kind: HeaderFileKind): string {
    return this.#error instanceof WrongKind ? headerFileWords(t.language).wrong[kind] : errorText(t, this.#error);
  }

  async #take(client: ProsaClient, kind: HeaderFileKind, file: File): Promise<void> {
    this.reset();
    const upload = (this.#upload = new AbortController());
    this.#file = file;
    if (file.type.startsWith('image/')) this.#url = URL.createObjectURL(file);
    void this.#redraw();
    try {
      const attachment = await client.attachments.upload(
        file,
        {
          fileName: file.name,
          onProgress: ({ loadedBytes, totalBytes }) => {
            if (this.#upload !== upload) return;
            this.#progress = totalBytes === 0 ? 0 : loadedBytes / totalBytes;
            this.#host.requestUpdate();
          },
        },
        { signal: upload.signal },
      );
      if (this.#upload !== upload) return;
      if (attachment.kind === kind) this.#attachment = attachment;
      else this.#error = new WrongKind();
    } catch (error) {
      if (this.#upload === upload) this.#error = error;
    }
    this.#host.requestUpdate();
  }

  /** The button that was pressed is another one now; the focus stays at its place. */
  async #redraw(): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const root = this.#input.value?.getRootNode();
    if (root instanceof ShadowRoot) root.querySelector<HTMLElement>(`#${this.#id}`)?.focus();
  }
}

/** It was taken, but it is no file of the kind that the template has. */
class WrongKind extends Error {}
