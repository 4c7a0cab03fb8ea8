import { html, type TemplateResult } from 'lit';
import { icons } from './icons.ts';
import type { PhoneSheet, SheetView } from './phone-sheet.ts';
import { placeRows } from './place-rows.ts';
import type { Place } from './place-rows.ts';

export interface ExtrasActions {
  readonly place: (place: Place) => void;
  readonly contact: (name: string, phone: string) => void;
  readonly sticker: (file: File) => void;
}

const stickers = ['🥰', '🎉', '☕', '🤝', '🙈', '🚀'];
const side = 512;
const friends = [
  { name: 'Rosa Nogueira', phone: '+55 83 9 8811-4520' },
  { name: 'Otávio Barreto', phone: '+55 81 9 9740-3316' },
];

/** Draws a sticker as WhatsApp wants it: WebP, 512 by 512, on nothing. */
export async function drawSticker(emoji: string): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const brush = canvas.getContext('2d');
  if (!brush) throw new Error('unable to draw a sticker; the page has no canvas');
  brush.font = `${side * 0.72}px sans-serif`;
  brush.textAlign = 'center';
  brush.textBaseline = 'middle';
  brush.fillText(emoji, side / 2, side * 0.54);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', 0.8));
  if (blob?.type !== 'image/webp') throw new Error('unable to draw a sticker; the browser writes no WebP');
  return new File([blob], 'figurinha.webp', { type: blob.type });
}

/** What can be sent that is no file of one's own: stickers, a place, a contact. */
export function extrasSheet(sheet: PhoneSheet, actions: ExtrasActions): SheetView {
  const friend = ({ name, phone }: (typeof friends)[number]): TemplateResult =>
    html`<li>
      <button
        class="option"
        type="button"
        @click=${() => {
          sheet.close();
          actions.contact(name, phone);
        }}
      >
        <span class="option-icon">${icons.person}</span>
        <span class="row-words"><span class="row-title">${name}</span><span class="row-detail">${phone}</span></span>
      </button>
    </li>`;
  return {
    title: 'Enviar',
    returnTo: '.extras',
    body: () =>
      html`<div class="emojis" role="group" aria-label="Figurinhas">
          ${stickers.map(
            (emoji) =>
              html`<button
                class="emoji"
                type="button"
                aria-label="Figurinha ${emoji}"
                @click=${async () => {
                  sheet.close();
                  actions.sticker(await drawSticker(emoji));
                }}
              >
                ${emoji}
              </button>`,
          )}
        </div>
        <p class="section-title inset">Localização</p>
        ${placeRows((place) => {
          sheet.close();
          actions.place(place);
        })}
        <p class="section-title inset">Contato</p>
        <ul class="rows">
          ${friends.map(friend)}
        </ul>`,
  };
}
