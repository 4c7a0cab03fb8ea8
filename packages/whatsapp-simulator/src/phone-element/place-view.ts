import { html, nothing, type TemplateResult } from 'lit';
import type { ContactCard, LocationContent, OrderContent } from '../state/message.ts';
import { icons } from './icons.ts';

/** A pin on a drawn ground: no map is fetched. */
export function placeView({ latitude, longitude, name, address }: LocationContent): TemplateResult {
  const spot = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return html`<div class="place">
    <span class="ground" aria-hidden="true">${icons.place}</span>
    <p class="place-name">${name ?? 'Localização'}</p>
    <p class="quiet">${address ?? spot}</p>
  </div>`;
}

function phonesOf(card: ContactCard): readonly string[] {
  return (card.phones ?? []).flatMap(({ phone, wa_id: waId }) => {
    const shown = phone ?? (waId === undefined ? undefined : `+${waId}`);
    return shown === undefined ? [] : [shown];
  });
}

export function contactsView(contacts: readonly ContactCard[]): TemplateResult {
  return html`<ul class="contacts">
    ${contacts.map((card) => {
      const { formatted_name: name } = card.name;
      const [phone] = phonesOf(card);
      return html`<li class="contact">
        <span class="contact-face" aria-hidden="true">${name.slice(0, 1)}</span>
        <span class="contact-name">${name}</span>
        ${phone === undefined ? nothing : html`<span class="quiet">${phone}</span>`}
      </li>`;
    })}
  </ul>`;
}

export function orderContentView({ lines, note }: OrderContent): TemplateResult {
  const count = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return html`<div class="product">
      <span class="product-icon">${icons.bag}</span>
      <span class="product-name">${count === 1 ? '1 item' : `${count} itens`}</span>
      <span class="quiet">${lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')}</span>
    </div>
    ${note === undefined ? nothing : html`<p class="text">${note}</p>`}`;
}
