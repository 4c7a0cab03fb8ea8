import type { Attachment } from '@prosa/core/contract';
import { html, type TemplateResult } from 'lit';
import { iconDownload, iconFile, iconImage, iconVideo, iconWarning } from '../icons/icons.ts';
import type { MessageContext } from './message-context.ts';

/** What stands in the place of a file that is not there (yet). */
export function placeholder(context: MessageContext, attachment: Attachment, shape: string): TemplateResult {
  const { t } = context.locale;
  const failed = attachment.status === 'failed';
  const drawing = failed ? iconWarning : attachment.kind === 'video' ? iconVideo : iconImage;
  if (context.media.of(attachment).status === 'failed') {
    // It is there, and did not come to this page.
    return html`<div class="media-frame ${shape} missing">
      ${iconWarning}<span>${t.loadFailed}</span>
      <button
        class="link-button"
        type="button"
        @click=${() => {
          context.media.retry(attachment);
        }}
      >
        ${t.tryAgain}
      </button>
    </div>`;
  }
  return html`<div class="media-frame ${shape} ${failed ? 'missing' : 'coming'}" role="img" aria-label=${labelOf()}>
    ${drawing}<span aria-hidden="true"
      >${failed ? t.notFetched : attachment.status === 'pending' ? t.fetching : ''}</span
    >
  </div>`;
  function labelOf(): string {
    if (failed) return t.notFetched;
    return attachment.status === 'pending' ? t.fetching : t.loading;
  }
}

export function urlOf(context: MessageContext, attachment: Attachment): string | null {
  return context.localFile(attachment.id)?.previewUrl ?? context.media.of(attachment).url;
}

export function imageContent(context: MessageContext, attachment: Attachment, caption: string | null): TemplateResult {
  const { t } = context.locale;
  const url = urlOf(context, attachment);
  if (!url) return placeholder(context, attachment, 'picture');
  return html`<button
    class="media-frame picture"
    type="button"
    aria-label=${caption ? `${t.openImage}: ${caption}` : t.openImage}
    @click=${(event: Event) => {
      context.onOpenImage(attachment, event.currentTarget);
    }}
  >
    <img
      src=${url}
      alt=""
      decoding="async"
      @error=${() => {
        context.media.onError(attachment);
      }}
    />
  </button>`;
}

export function videoContent(context: MessageContext, attachment: Attachment): TemplateResult {
  const url = urlOf(context, attachment);
  if (!url) return placeholder(context, attachment, 'picture');
  return html`<video
    class="media-frame picture"
    src=${url}
    controls
    playsinline
    preload="metadata"
    aria-label=${context.locale.t.video}
    @error=${() => {
      context.media.onError(attachment);
    }}
  ></video>`;
}

export function documentContent(context: MessageContext, attachment: Attachment): TemplateResult {
  const { t, f } = context.locale;
  const kind = extensionOf(attachment.fileName);
  const about = [attachment.size === null ? null : f.bytes(attachment.size), kind.toUpperCase()].filter(Boolean);
  const ready = attachment.status === 'ready';
  const state = attachment.status === 'failed' ? t.notFetched : attachment.status === 'pending' ? t.fetching : null;
  return html`<button
    class="document-card"
    type="button"
    ?disabled=${!ready}
    @click=${() => {
      context.onDownload(attachment);
    }}
  >
    <span class="file-kind ${familyOf(kind)}" aria-hidden="true"
      >${kind.length > 4 ? iconFile : kind.toUpperCase()}</span
    >
    <span class="sr-only">${t.download}</span>
    <span class="file-text">
      <span class="file-name">${attachment.fileName}</span>
      <span class="file-about numeric">${state ?? about.join(' · ')}</span>
    </span>
    ${ready ? iconDownload : ''}
  </button>`;
}

/** `pdf` of `boleto.pdf`; `file` when it says nothing. */
export function extensionOf(fileName: string): string {
  return /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1]?.toLowerCase() ?? 'arquivo';
}

export function familyOf(extension: string): string {
  if (extension === 'pdf') return 'pdf';
  if (/^(xlsx?|csv|ods)$/.test(extension)) return 'sheet';
  if (/^(docx?|odt|rtf|txt)$/.test(extension)) return 'text';
  return 'other';
}
