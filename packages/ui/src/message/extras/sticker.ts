import type { Attachment } from '@prosa/core/contract';
import { html, type TemplateResult } from 'lit';
import type { MessageContext } from '../message-context.ts';
import { placeholder, urlOf } from '../message-media.ts';

export function stickerContent(context: MessageContext, attachment: Attachment): TemplateResult {
  const url = urlOf(context, attachment);
  if (!url) return placeholder(context, attachment, 'sticker');
  return html`<img
    class="sticker-image"
    src=${url}
    alt=${context.locale.t.sticker}
    @error=${() => {
      context.media.onError(attachment);
    }}
  />`;
}
