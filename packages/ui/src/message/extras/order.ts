import type { MessageContent } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { MessageContext } from '../message-context.ts';
import { messageText } from '../message-text.ts';
import { iconBag } from './icons.ts';
import { money } from './money.ts';
import { extraWords } from './words.ts';

type Order = Extract<MessageContent, { readonly type: 'order' }>;
type Item = Order['items'][number];

/** What the customer put into the basket, with the prices that WhatsApp gave. */
export function orderCard({ locale: { t, f } }: MessageContext, { items, text }: Order): TemplateResult {
  const w = extraWords(t);
  const total = totalOf(items);
  const count = items.reduce((sum, { quantity }) => sum + quantity, 0);
  return html`<div class="info-block">
      <div class="info-head">
        ${iconBag}<span class="info-title">${w.order}</span><span class="info-about numeric">${w.items(count)}</span>
      </div>
      <ul class="order-items">
        ${items.map(
          (item) =>
            html`<li class="numeric">
              <span class="order-quantity">${f.number(item.quantity)}×</span>
              <span class="order-product">${item.productId}</span>
              <span class="order-price"
                >${item.unitPrice === null ? w.noPrice : money(t.language, item.unitPrice * item.quantity, item.currency)}</span
              >
            </li>`,
        )}
      </ul>
      ${
        total === null
          ? nothing
          : html`<div class="order-total numeric">
              <span>${w.total}</span><span>${money(t.language, total.amount, total.currency)}</span>
            </div>`
      }
    </div>
    ${text ? html`<span class="text caption">${messageText(text)}</span>` : nothing}`;
}

/** Only where every price is known, and all are in one currency. */
function totalOf(items: readonly Item[]): { readonly amount: number; readonly currency: string | null } | null {
  const currency = items[0]?.currency ?? null;
  let amount = 0;
  for (const item of items) {
    if (item.unitPrice === null || item.currency !== currency) return null;
    amount += item.unitPrice * item.quantity;
  }
  return items.length > 1 ? { amount, currency } : null;
}
