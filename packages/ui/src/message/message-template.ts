import type { MessageContent } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { messageText } from './message-text.ts';

/** What of a message template is read: also its preview before it is sent. */
export type TemplateText = Pick<
  Extract<MessageContent, { readonly type: 'template' }>,
  'header' | 'text' | 'footer' | 'buttons'
>;

/** A message template as the customer sees it. Its buttons cannot be pressed here. */
export function templateContent({ header, text, footer, buttons }: TemplateText): TemplateResult {
  return framedText(header, text, footer, options(buttons.map((button) => button.text)));
}

/** A text between a header and a footer, and what can be tapped below it. */
export function framedText(header: string | null, text: string, footer: string | null, below: unknown): TemplateResult {
  return html`${header ? html`<span class="text template-header">${header}</span>` : nothing}<span class="text"
      >${messageText(text)}</span
    >${footer ? html`<span class="text template-footer">${footer}</span>` : nothing}${below}`;
}

/** Answers that the customer can tap. */
export function options(titles: readonly string[]): TemplateResult | typeof nothing {
  if (titles.length === 0) return nothing;
  return html`<ul class="message-options">
    ${titles.map((title) => html`<li>${title}</li>`)}
  </ul>`;
}
