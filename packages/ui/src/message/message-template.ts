import type { MessageContent } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { messageText } from './message-text.ts';

type ContentOf<Type extends MessageContent['type']> = Extract<MessageContent, { readonly type: Type }>;

/** What of a message template is read: also its preview before it is sent. */
export type TemplateText = Pick<ContentOf<'template'>, 'header' | 'text' | 'footer' | 'buttons'>;

/** A message template as the customer sees it. Its buttons cannot be pressed here. */
export function templateContent({ header, text, footer, buttons }: TemplateText): TemplateResult {
  return html`${header === null ? nothing : html`<span class="text template-header">${header}</span>`}<span class="text"
      >${messageText(text)}</span
    >${footer === null ? nothing : html`<span class="text template-footer">${footer}</span>`}${options(
      buttons.map((button) => button.text),
    )}`;
}

/** A question and the answers that the customer could tap. */
export function interactiveContent(content: ContentOf<'interactive'>): TemplateResult {
  return html`<span class="text">${messageText(content.text)}</span>${options(
      content.options.map(({ title }) => title),
    )}`;
}

function options(titles: readonly string[]): TemplateResult | typeof nothing {
  if (titles.length === 0) return nothing;
  return html`<ul class="message-options">
    ${titles.map((title) => html`<li>${title}</li>`)}
  </ul>`;
}
