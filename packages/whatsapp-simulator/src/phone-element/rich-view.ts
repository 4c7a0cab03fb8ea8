import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { ChoiceButton, PhoneMessage, RichContent, RichHeader } from '../state/message.ts';
import type { BubbleContext } from './bubble-context.ts';
import { icons } from './icons.ts';
import { mediaView } from './media-view.ts';
import { richText } from './rich-text.ts';

/** The words of an interactive message or a template. */
export function richView(message: PhoneMessage, content: RichContent, context: BubbleContext): TemplateResult {
  const { header, body, footer } = content;
  return html`
    ${header ? headerView(message, header, context) : nothing}
    <p class="text">${richText(body)}</p>
    ${footer === undefined ? nothing : html`<p class="text footer">${footer}</p>`}
  `;
}

function headerView(message: PhoneMessage, header: RichHeader, context: BubbleContext): TemplateResult {
  switch (header.type) {
    case 'text':
      return html`<p class="text title">${header.text}</p>`;
    case 'location':
      return html`<p class="text place">
        <span class="place-icon">${icons.place}</span>${header.name ?? header.address ?? 'Localização'}
      </p>`;
    default:
      return mediaView(message, header, context);
  }
}

/** What can be tapped under the words. */
export function actionsView(message: PhoneMessage, content: RichContent, context: BubbleContext) {
  const { buttons, list } = content;
  if (buttons.length === 0 && !list) return nothing;
  return html`<div class="actions">
    ${buttons.map((button) => actionView(message, button, context))}
    ${
      list
        ? html`<button
            class="action"
            type="button"
            aria-haspopup="dialog"
            data-list=${message.id}
            @click=${() => context.openList(message)}
          >
            ${icons.list}<span>${list.label}</span>
          </button>`
        : nothing
    }
  </div>`;
}

function actionView(message: PhoneMessage, button: ChoiceButton, context: BubbleContext): TemplateResult {
  const { kind, title, value } = button;
  switch (kind) {
    case 'reply': {
      // Not `disabled`: the button that was just tapped would lose the focus to the page.
      const answered = context.isAnswered(message.id);
      return html`<button
        class="action"
        type="button"
        aria-disabled=${answered ? 'true' : 'false'}
        @click=${() => {
          if (!answered) context.tap(message.id, title);
        }}
      >
        ${icons.reply}<span>${title}</span>
      </button>`;
    }
    case 'url':
      return linkView(/^https?:\/\//i.test(value) ? value : undefined, icons.open, title);
    case 'phone':
      return linkView(`tel:${value.replace(/[^\d+]/g, '')}`, icons.call, title);
    case 'copy':
      return html`<button class="action" type="button" @click=${() => context.copy(value)}>
        ${icons.copy}<span aria-live="polite">${context.isCopied(value) ? 'Código copiado' : title}</span>
      </button>`;
    case 'other':
      return html`<span class="action idle">${title}</span>`;
  }
}

function linkView(href: string | undefined, icon: SVGTemplateResult, title: string): TemplateResult {
  if (href === undefined) return html`<span class="action idle">${icon}<span>${title}</span></span>`;
  return html`<a class="action" href=${href} target="_blank" rel="noopener noreferrer nofollow"
    >${icon}<span>${title}</span></a
  >`;
}
