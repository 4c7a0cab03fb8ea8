import { iconDownload, iconFile, messageText } from '@prosa/ui';
import type { Attachment, VisitorContent } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { fileSize } from '../locales/times.ts';
import type { ThreadView } from './thread-view.ts';

/** What a bubble holds. Nothing of it ever becomes markup. */
export function messageContent(view: ThreadView, content: VisitorContent): TemplateResult | typeof nothing {
  switch (content.type) {
    case 'text':
      return html`<span class="text">${messageText(content.text)}</span>`;
    case 'image':
      return html`${picture(view, content.attachment)}${caption(content.caption)}`;
    case 'video':
      return html`${video(view, content.attachment)}${caption(content.caption)}`;
    case 'audio':
      return audio(view, content.attachment);
    case 'document':
      return html`${file(view, content.attachment)}${caption(content.caption)}`;
    case 'unsupported':
      return html`<em class="quiet">${view.words.unsupported}</em>`;
    case 'notice':
      return nothing;
  }
}

function caption(text: string | null): TemplateResult | typeof nothing {
  return text === null || text === '' ? nothing : html`<span class="text">${messageText(text)}</span>`;
}

function picture(view: ThreadView, attachment: Attachment): TemplateResult {
  const link = view.links.of(attachment);
  if (link.status !== 'ready') return missing(view, link.status);
  return html`<a
    class="media"
    href=${link.url}
    target="_blank"
    rel="noopener noreferrer"
    aria-label=${view.words.openImage}
    ><img
      src=${link.url}
      alt=""
      decoding="async"
      @load=${view.onMediaLoad}
      @error=${() => {
        view.links.refresh(attachment);
      }}
  /></a>`;
}

function video(view: ThreadView, attachment: Attachment): TemplateResult {
  const link = view.links.of(attachment);
  if (link.status !== 'ready') return missing(view, link.status);
  return html`<video
    class="media"
    src=${link.url}
    controls
    playsinline
    preload="metadata"
    aria-label=${view.words.video}
    @loadedmetadata=${view.onMediaLoad}
    @error=${() => {
      view.links.refresh(attachment);
    }}
  ></video>`;
}

function audio(view: ThreadView, attachment: Attachment): TemplateResult {
  const link = view.links.of(attachment);
  if (link.status !== 'ready') return missing(view, link.status);
  return html`<audio
    src=${link.url}
    controls
    preload="metadata"
    aria-label=${view.words.audio}
    @error=${() => {
      view.links.refresh(attachment);
    }}
  ></audio>`;
}

function file({ words, links, onError }: ThreadView, attachment: Attachment): TemplateResult {
  const { fileName, size, status } = attachment;
  return html`<button
    class="file"
    type="button"
    ?disabled=${status !== 'ready'}
    @click=${() => {
      links.download(attachment).catch(onError);
    }}
  >
    ${iconFile}<span class="sr-only">${words.download}</span>
    <span class="file-text"
      ><span class="file-name">${fileName}</span
      ><span class="quiet numeric"
        >${status === 'failed' ? words.fileGone : size === null ? '' : fileSize(words, size)}</span
      ></span
    >
    ${iconDownload}
  </button>`;
}

function missing({ words }: ThreadView, status: 'loading' | 'failed'): TemplateResult {
  return html`<span class="media missing" role="img" aria-label=${status === 'failed' ? words.fileGone : words.loading}
    >${status === 'failed' ? html`<span aria-hidden="true">${words.fileGone}</span>` : nothing}</span
  >`;
}
