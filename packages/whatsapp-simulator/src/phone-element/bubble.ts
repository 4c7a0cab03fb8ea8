import { html, nothing, type TemplateResult } from 'lit';
import type { PhoneMessage, ReplyContent } from '../state/message.ts';
import type { BubbleContext } from './bubble-context.ts';
import { icons } from './icons.ts';
import { lineOf } from './line-of.ts';
import { mediaView } from './media-view.ts';
import { contactsView, orderContentView, placeView } from './place-view.ts';
import { actionsView, cardsView, richView } from './rich-view.ts';
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

/** Held as long as on WhatsApp before the menu opens, in milliseconds. */
const holdMs = 500;

export function bubble(message: PhoneMessage, context: BubbleContext): TemplateResult {
  const mine = message.from === 'customer';
  const { content } = message;
  const rich = content.type === 'interactive' || content.type === 'template' ? content : undefined;
  const sticker = content.type === 'sticker';
  return html`<div
      class="bubble ${mine ? 'mine' : 'theirs'} ${rich ? 'rich' : ''} ${sticker ? 'bare' : ''}"
      data-message-id=${message.id}
      data-from=${message.from}
      data-status=${message.status}
      @pointerdown=${(event: PointerEvent) => hold(event, () => context.openMenu(message))}
    >
      ${message.forwarded === true ? html`<span class="forwarded">${icons.forward} Encaminhada</span>` : nothing}
      ${quoteOf(message, context)}${contentOf(message, context)}
      <span class="meta">
        ${message.editedAt === undefined ? nothing : html`<span>Editada</span>`}
        <time datetime=${new Date(message.at).toISOString()}>${timeOf(message.at)}</time>
        ${mine ? ticks(message.status) : nothing}
      </span>
      ${rich ? actionsView(message, rich, context) : nothing} ${reactionsOf(message)}
      ${
        message.revoked === true
          ? nothing
          : html`<button
              class="more"
              type="button"
              aria-haspopup="dialog"
              aria-label="Opções da mensagem das ${timeOf(message.at)}"
              data-menu=${message.id}
              @click=${() => context.openMenu(message)}
            >
              ${icons.more}
            </button>`
      }
    </div>
    ${rich?.cards ? cardsView(message, rich.cards, context) : nothing}`;
}

/** A long press of a finger opens the menu; a mouse has its button. */
function hold(event: PointerEvent, open: () => void): void {
  if (event.pointerType === 'mouse') return;
  const target = event.currentTarget as HTMLElement;
  const stop = (): void => {
    clearTimeout(timer);
    for (const type of ends) target.removeEventListener(type, stop);
  };
  const ends = ['pointerup', 'pointercancel', 'pointerleave', 'pointermove'] as const;
  const timer = setTimeout(() => {
    stop();
    open();
  }, holdMs);
  for (const type of ends) target.addEventListener(type, stop);
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
      return placeView(content);
    case 'contacts':
      return contactsView(content.contacts);
    case 'order':
      return orderContentView(content);
    case 'unsupported':
      return html`<p class="text faint">${lineOf(content)}</p>`;
    default:
      return mediaView(message, content, context);
  }
}

function replyView({ title, description }: ReplyContent): TemplateResult {
  return html`<p class="text">${title}</p>
    ${description === undefined ? nothing : html`<p class="text footer">${description}</p>`}`;
}
