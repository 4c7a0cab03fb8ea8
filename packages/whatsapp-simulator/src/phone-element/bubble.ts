import { html, nothing, type TemplateResult } from 'lit';
import type { PhoneMessage, ReplyContent } from '../state/message.ts';
import type { BubbleContext } from './bubble-context.ts';
import { icons } from './icons.ts';
import { lineOf } from './line-of.ts';
import { mediaView } from './media-view.ts';
import { actionsView, richView } from './rich-view.ts';
import { richText } from './rich-text.ts';
import { timeOf } from './times.ts';

const names: Readonly<Record<PhoneMessage['status'], string>> = {
  pending: 'Enviando',
  sent: 'Enviada',
  delivered: 'Entregue',
  read: 'Lida',
  played: 'Ouvida',
  failed: 'Não enviada',
};

export function bubble(message: PhoneMessage, context: BubbleContext): TemplateResult {
  const mine = message.from === 'customer';
  const { content } = message;
  const rich = content.type === 'interactive' || content.type === 'template' ? content : undefined;
  return html`<div
    class="bubble ${mine ? 'mine' : 'theirs'} ${rich ? 'rich' : ''}"
    data-message-id=${message.id}
    data-from=${message.from}
    data-status=${message.status}
  >
    ${quoteOf(message, context)}${contentOf(message, context)}
    <span class="meta">
      <time datetime=${new Date(message.at).toISOString()}>${timeOf(message.at)}</time>
      ${mine ? ticks(message.status) : nothing}
    </span>
    ${rich ? actionsView(message, rich, context) : nothing} ${reactionsOf(message)}
  </div>`;
}

function ticks(status: PhoneMessage['status']): TemplateResult {
  const read = status === 'read' || status === 'played';
  const icon = status === 'pending' || status === 'sent' ? icons.tick : icons.ticks;
  return html`<span class="ticks ${read ? 'read' : ''}" role="img" aria-label=${names[status]}>${icon}</span>`;
}

function reactionsOf({ reactions }: PhoneMessage) {
  const shown = [reactions.business, reactions.customer].filter((emoji) => emoji !== undefined && emoji !== '');
  return shown.length === 0 ? nothing : html`<span class="reactions">${shown.join(' ')}</span>`;
}

/** Nothing is drawn of a message that the phone no longer has, as on WhatsApp. */
function quoteOf(message: PhoneMessage, context: BubbleContext) {
  const quoted = message.replyTo === undefined ? undefined : context.find(message.replyTo);
  if (!quoted) return nothing;
  const author = quoted.from === 'customer' ? 'Você' : context.businessName;
  return html`<button
    class="quote ${quoted.from === 'customer' ? 'own' : ''}"
    type="button"
    data-quoted=${quoted.id}
    @click=${() => context.goTo(quoted.id)}
  >
    <span class="quote-author">${author}</span>
    <span class="quote-line">${lineOf(quoted.content)}</span>
  </button>`;
}

function contentOf(message: PhoneMessage, context: BubbleContext): TemplateResult {
  const { content } = message;
  switch (content.type) {
    case 'text':
      return html`<p class="text">${richText(content.body)}</p>`;
    case 'interactive':
    case 'template':
      return richView(message, content, context);
    case 'reply':
      return replyView(content);
    case 'location':
      return html`<p class="text place">
        <span class="place-icon">${icons.place}</span>${
          content.name ?? content.address ?? `${content.latitude}, ${content.longitude}`
        }
      </p>`;
    case 'contacts':
      return html`<p class="text">👤 ${content.contacts.map((card) => card.name.formatted_name).join(', ')}</p>`;
    case 'unsupported':
      return html`<p class="text quiet">${lineOf(content)}</p>`;
    default:
      return mediaView(message, content, context);
  }
}

function replyView({ title, description }: ReplyContent): TemplateResult {
  return html`<p class="text">${title}</p>
    ${description === undefined ? nothing : html`<p class="text footer">${description}</p>`}`;
}
