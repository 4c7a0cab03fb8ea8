import { html, nothing, type TemplateResult } from 'lit';
import type { MessageContext } from '../message-context.ts';
import { iconOut, iconPin } from './icons.ts';
import { webHref, webLink } from './web-link.ts';
import { extraWords } from './words.ts';

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly name: string | null;
  readonly address: string | null;
  readonly url?: string | null;
}

/** A place, and the way to a map of it. No map is loaded: whose server would learn where the customer is? */
export function placeCard({ locale: { t } }: MessageContext, place: Place): TemplateResult {
  const w = extraWords(t);
  const { latitude, longitude, name, address, url = null } = place;
  const where = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  // https://developers.google.com/maps/documentation/urls/get-started#search-action
  const href = `https://www.google.com/maps/search/?api=1&query=${latitude}%2C${longitude}`;
  return html`<a class="info-card" href=${href} target="_blank" rel="noopener noreferrer">
      <span class="info-drawing">${iconPin}</span>
      <span class="file-text">
        <span class="info-title">${name ?? w.place}</span>
        <span class="info-about ${address === null ? 'numeric' : ''}">${address ?? where}</span>
      </span>
      <span class="sr-only">${w.openMap}</span>${iconOut}
    </a>
    ${url !== null && webHref(url) !== null ? html`<div class="info-link">${webLink(url)}</div>` : nothing}`;
}
