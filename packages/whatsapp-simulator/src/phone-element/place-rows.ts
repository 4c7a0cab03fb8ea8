import { html, type TemplateResult } from 'lit';
import { icons } from './icons.ts';

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly name: string;
  readonly address: string;
}

/** Made-up places: a demo asks nobody where they are. */
const places: readonly Place[] = [
  { name: 'Praça da Aurora', address: 'Rua das Acácias, 120, João Pessoa', latitude: -7.11532, longitude: -34.861 },
  { name: 'Casa', address: 'Rua do Cajueiro, 45, apto. 302', latitude: -7.09184, longitude: -34.84417 },
  { name: 'Trabalho', address: 'Avenida Mar Alto, 900, sala 12', latitude: -7.10247, longitude: -34.83209 },
];

export function placeRows(choose: (place: Place) => void): TemplateResult {
  return html`<ul class="rows">
    ${places.map(
      (place) =>
        html`<li>
          <button class="option" type="button" @click=${() => choose(place)}>
            <span class="option-icon">${icons.place}</span>
            <span class="row-words"
              ><span class="row-title">${place.name}</span><span class="row-detail">${place.address}</span></span
            >
          </button>
        </li>`,
    )}
  </ul>`;
}
