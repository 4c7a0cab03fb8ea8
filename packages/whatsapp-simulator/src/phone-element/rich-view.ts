import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { PhoneMessage } from '../state/message.ts';
import type { ChoiceButton, OrderSummary, RichCard, RichContent, RichHeader } from '../state/rich-content.ts';
import type { BubbleContext } from './bubble-context.ts';
import { icons } from './icons.ts';
import { mediaView } from './media-view.ts';
import { placeView } from './place-view.ts';
import { richText } from './rich-text.ts';
import { longDate } from './times.ts';

/** The words of an interactive message or a template. */
export function richView(message: PhoneMessage, content: RichContent, context: BubbleContext): TemplateResult {
  const { header, body, footer, offer, order, products } = content;
  const offered = products?.sections.flatMap((section) => section.products) ?? [];
  return html`
    ${header ? headerView(message, header, context) : nothing}
    ${offered.length > 0 && header?.type !== 'product' ? productsView(offered.map(({ name }) => name)) : nothing}
    ${offer ? offerView(offer) : nothing} ${body === '' ? nothing : html`<p class="text">${richText(body)}</p>`}
    ${order ? orderView(order) : nothing} ${footer === undefined ? nothing : html`<p class="text footer">${footer}</p>`}
  `;
}

function headerView(message: PhoneMessage, header: RichHeader, context: BubbleContext): TemplateResult {
  switch (header.type) {
    case 'text':
      return html`<p class="text title">${header.text}</p>`;
    case 'location':
      return placeView(header);
    case 'product':
      return productsView([header.product.name]);
    default:
      return mediaView(message, header, context);
  }
}

function productsView(names: readonly string[]): TemplateResult {
  const [first = ''] = names;
  return html`<p class="product">
    <span class="product-icon">${icons.bag}</span>
    <span class="product-name">${first}</span>
    <span class="quiet">${names.length === 1 ? 'Produto do catálogo' : `e mais ${names.length - 1}`}</span>
  </p>`;
}

/** Meta's own sample gives a length of time where a moment is meant; that one is not shown as a date. */
function offerView({ text, endsAt }: NonNullable<RichContent['offer']>): TemplateResult {
  const known = endsAt !== undefined && endsAt > Date.UTC(2020, 0);
  return html`<p class="offer">
    <span class="offer-icon">${icons.clock}</span><strong>${text}</strong>
    ${known ? html`<span class="quiet">até ${longDate(endsAt)}</span>` : nothing}
  </p>`;
}

const states: Readonly<Record<string, string>> = {
  pending: 'Aguardando pagamento',
  processing: 'Em separação',
  partially_shipped: 'Enviado em parte',
  shipped: 'Enviado',
  completed: 'Concluído',
  canceled: 'Cancelado',
};

function orderView({ reference, status, lines, total }: OrderSummary): TemplateResult {
  return html`<dl class="order">
    <div class="order-head">
      <dt>Pedido</dt>
      <dd>${reference}</dd>
    </div>
    ${lines.map(
      ({ name, quantity, amount }) =>
        html`<div>
          <dt>${quantity} × ${name}</dt>
          <dd>${amount}</dd>
        </div>`,
    )}
    ${
      total === undefined
        ? nothing
        : html`<div class="order-total">
            <dt>Total</dt>
            <dd>${total}</dd>
          </div>`
    }
    ${
      status === undefined
        ? nothing
        : html`<div>
            <dt>Situação</dt>
            <dd>${states[status] ?? status}</dd>
          </div>`
    }
  </dl>`;
}

/** The cards of a carousel, to be pushed sideways. */
export function cardsView(message: PhoneMessage, cards: readonly RichCard[], context: BubbleContext): TemplateResult {
  return html`<ul class="cards" tabindex="0" aria-label="Cartões">
    ${cards.map(
      ({ header, body, buttons }) =>
        html`<li class="card">
          ${header ? headerView(message, header, context) : nothing}
          ${body === undefined ? nothing : html`<p class="text">${richText(body)}</p>`}
          <div class="card-actions">${buttons.map((button) => actionView(message, button, context))}</div>
        </li>`,
    )}
  </ul>`;
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
            data-opens=${message.id}
            @click=${() => context.openSheet(message, 'list')}
          >
            ${icons.list}<span>${list.label}</span>
          </button>`
        : nothing
    }
  </div>`;
}

const sheets = {
  flow: icons.form,
  products: icons.bag,
  call: icons.call,
  contact: icons.person,
  location: icons.place,
};

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
    case 'flow':
    case 'call':
    case 'products':
    case 'contact':
    case 'location': {
      const answered = kind !== 'products' && kind !== 'location' && context.isAnswered(message.id);
      return html`<button
        class="action"
        type="button"
        aria-haspopup="dialog"
        aria-disabled=${answered ? 'true' : 'false'}
        data-opens=${message.id}
        @click=${() => {
          if (!answered) context.openSheet(message, kind);
        }}
      >
        ${sheets[kind]}<span>${title}</span>
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
