import type { Message, Referral } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { messageText } from '../message-text.ts';
import type { MessageContext } from '../message-context.ts';
import { iconBin, iconForward, iconMegaphone, iconPhone } from './icons.ts';
import { quoteBlock } from './quote.ts';
import { webLink } from './web-link.ts';
import { extraWords } from './words.ts';

/** What stands above the words of a message: deleted, forwarded, an answer, from an advertisement. */
export function marksAbove(context: MessageContext, message: Message): TemplateResult {
  const w = extraWords(context.locale.t);
  const { direction, forwarded, referral, replyTo, revokedAt } = message;
  return html`${
    revokedAt === null
      ? nothing
      : html`<div class="mark" title=${context.locale.f.full(revokedAt)}>
          ${iconBin}<span>${direction === 'inbound' ? w.revokedByCustomer : w.revokedByUs}</span>
        </div>`
  }${
    forwarded === null
      ? nothing
      : html`<div class="mark">
          ${iconForward}<span>${forwarded === 'many' ? w.forwardedOften : w.forwarded}</span>
        </div>`
  }${referral === null ? nothing : referralCard(context, referral)}${replyTo === null ? nothing : quoteBlock(context, replyTo)}`;
}

/** Who wrote it, where that is told only here; `null`: as usual. */
export function phoneAuthor({ locale: { t } }: MessageContext, { author }: Message): string | null {
  if (author.kind !== 'phone') return null;
  const w = extraWords(t);
  return author.name ? w.viaPhoneOf(author.name) : w.viaPhone;
}

/** Beside the time. */
export function marksBeside({ locale: { t, f } }: MessageContext, { author, editedAt }: Message): TemplateResult {
  const w = extraWords(t);
  return html`${author.kind === 'phone' ? html`<span class="by-phone" title=${w.viaPhone}>${iconPhone}</span>` : nothing}${
    editedAt === null ? nothing : html`<span class="edited" title=${w.editedAt(f.full(editedAt))}>${w.edited}</span>`
  }`;
}

/** Its picture is on somebody else's server: it stays there. */
function referralCard({ locale: { t } }: MessageContext, referral: Referral): TemplateResult {
  const w = extraWords(t);
  const { headline, body, sourceUrl, sourceType } = referral;
  return html`<div class="referral">
    <span class="mark">${iconMegaphone}<span>${sourceType === 'post' ? w.post : w.ad}</span></span>
    ${headline ? html`<span class="referral-title">${headline}</span>` : nothing}
    ${body ? html`<span class="referral-body">${messageText(body)}</span>` : nothing}
    ${sourceUrl ? webLink(sourceUrl) : nothing}
  </div>`;
}
