import { html, nothing, type TemplateResult } from 'lit';
import type { MediaContent, PhoneMessage } from '../state/message.ts';
import type { BubbleContext } from './bubble-context.ts';
import { icons } from './icons.ts';
import { richText } from './rich-text.ts';

/** A picture, a film, a sound or a file, with its caption. */
export function mediaView(message: PhoneMessage, content: MediaContent, context: BubbleContext): TemplateResult {
  const url = context.fileUrl(content.media.path);
  const caption = content.caption === undefined ? nothing : html`<p class="text">${richText(content.caption)}</p>`;
  switch (content.type) {
    case 'sticker':
      return html`<img class="sticker" src=${url} alt="Figurinha" />`;
    case 'image':
      return html`<img class="picture" src=${url} alt=${content.caption ?? 'Foto'} />${caption}`;
    case 'video':
      return html`<video class="picture" src=${url} controls aria-label="Vídeo"></video>${caption}`;
    case 'audio':
      return html`<audio
        src=${url}
        controls
        aria-label="Áudio"
        @play=${() => {
          if (message.from === 'business') context.played(message.id);
        }}
      ></audio>`;
    case 'document':
      return html`<a class="file" href=${url} download=${content.filename ?? 'documento'}>
          <span class="file-icon">${icons.document}</span>
          <span class="file-name">${content.filename ?? 'Documento'}</span>
          <span class="quiet">${sizeOf(content.media.size)}</span> </a
        >${caption}`;
  }
}

function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
