import type { Attachment, InteractiveKind, MessageContent } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { MessageContext } from '../message-context.ts';
import { documentContent, imageContent, videoContent } from '../message-media.ts';
import { framedText, options, templateContent } from '../message-template.ts';
import { messageText } from '../message-text.ts';
import { iconForm, iconList, iconPin } from './icons.ts';
import { placeCard } from './place.ts';
import { webLink } from './web-link.ts';
import { extraWords, type ExtraWords } from './words.ts';

type ContentOf<Type extends MessageContent['type']> = Extract<MessageContent, { readonly type: Type }>;
type Card = NonNullable<ContentOf<'template'>['cards']>[number];

/** A message template with all its parts. */
export function templateMessage(context: MessageContext, content: ContentOf<'template'>): TemplateResult {
  const { attachment, location, offer, cards } = content;
  const w = extraWords(context.locale.t);
  return html`${attachment ? headerFile(context, attachment) : nothing}${location ? placeCard(context, location) : nothing}${
    offer ? html`<span class="offer">${w.offer}: ${offer}</span>` : nothing
  }${templateContent(content)}${carousel(context, cards)}`;
}

/** A question as the customer sees it, with all that can be tapped. */
export function questionContent(context: MessageContext, content: ContentOf<'interactive'>): TemplateResult {
  const { attachment, header = null, footer = null, listLabel, link, cards } = content;
  const w = extraWords(context.locale.t);
  const titles = content.options.map(({ title }) => title);
  const asked = content.kind === undefined ? undefined : askedFor(w, content.kind);
  const isPlace = content.kind === 'location_request' || content.kind === 'address';
  const below = html`${
    asked === undefined || link || cards
      ? nothing
      : html`<span class="asked">${isPlace ? iconPin : iconForm}<span>${asked}</span></span>`
  }${
    listLabel === null
      ? options(titles)
      : html`<div class="list-options">
          <span class="asked">${iconList}<span>${listLabel}</span></span>
          <ul>
            ${titles.map((title) => html`<li>${title}</li>`)}
          </ul>
        </div>`
  }${
    link
      ? html`<div class="info-link">
          ${link.url === null ? html`<span class="asked">${iconForm}<span>${link.label}</span></span>` : webLink(link.url, link.label)}
        </div>`
      : nothing
  }${carousel(context, cards)}`;
  return html`${attachment ? headerFile(context, attachment) : nothing}${framedText(header, content.text, footer, below)}`;
}

/** Its answers or its link say it already. */
function askedFor(w: ExtraWords, kind: InteractiveKind): string | undefined {
  return w.asksFor[kind];
}

function headerFile(context: MessageContext, attachment: Attachment): TemplateResult {
  return html`<div class="header-file">${fileContent(context, attachment)}</div>`;
}

function fileContent(context: MessageContext, attachment: Attachment): TemplateResult {
  switch (attachment.kind) {
    case 'image':
    case 'sticker':
      return imageContent(context, attachment, null);
    case 'video':
      return videoContent(context, attachment);
    default:
      return documentContent(context, attachment);
  }
}

function carousel(context: MessageContext, cards: readonly Card[] | undefined): TemplateResult | typeof nothing {
  if (!cards || cards.length === 0) return nothing;
  const w = extraWords(context.locale.t);
  return html`<div class="cards" role="group" aria-label=${w.asksFor['carousel'] ?? ''} tabindex="0">
    ${cards.map(
      ({ attachment, text, buttons }, i) =>
        html`<div class="card" role="group" aria-label=${w.card(i + 1, cards.length)}>
          ${attachment ? headerFile(context, attachment) : nothing}
          ${text ? html`<span class="text">${messageText(text)}</span>` : nothing}
          ${options(buttons.map((button) => button.text))}
        </div>`,
    )}
  </div>`;
}
