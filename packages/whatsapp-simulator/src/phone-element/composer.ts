import { html, nothing, type TemplateResult } from 'lit';
import type { PhoneMessage } from '../state/message.ts';
import { icons } from './icons.ts';
import { lineOf } from './line-of.ts';

/** What the next words are about: an answer to a message, or a change of one. */
export interface Aim {
  readonly kind: 'edit' | 'reply';
  readonly message: PhoneMessage;
}

export interface ComposerParts {
  readonly aim: Aim | null;
  readonly businessName: string;
  readonly recording: string | null;
  readonly onSubmit: (event: Event) => void;
  readonly onFiles: (event: Event) => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onExtras: () => void;
  readonly onDropAim: () => void;
  readonly onRecord: () => void;
  readonly onCancelRecording: () => void;
}

const accept = 'image/*,audio/*,video/mp4,application/pdf,.doc,.docx,.xls,.xlsx,.txt';

function aimView({ kind, message }: Aim, businessName: string, drop: () => void): TemplateResult {
  const author = message.from === 'customer' ? 'Você' : businessName;
  return html`<div class="aim">
    <span class="aim-words">
      <span class="quote-author">${kind === 'edit' ? 'Editar mensagem' : author}</span>
      <span class="quote-line">${lineOf(message.content)}</span>
    </span>
    <button class="aim-drop" type="button" aria-label="Cancelar" @click=${drop}>${icons.close}</button>
  </div>`;
}

function recorderView(parts: ComposerParts, length: string): TemplateResult {
  return html`<div class="composer" role="group" aria-label="Gravação">
    <button class="attach" type="button" aria-label="Descartar gravação" @click=${parts.onCancelRecording}>
      ${icons.bin}
    </button>
    <span class="recording"><span class="recording-dot" aria-hidden="true"></span>Gravando ${length}</span>
    <button class="send record" type="button" aria-label="Enviar gravação" @click=${parts.onRecord}>
      ${icons.send}
    </button>
  </div>`;
}

/** Where one types, attaches and speaks. */
export function composer(parts: ComposerParts): TemplateResult {
  if (parts.recording !== null) return recorderView(parts, parts.recording);
  return html`<form class="composer" @submit=${parts.onSubmit}>
    ${parts.aim ? aimView(parts.aim, parts.businessName, parts.onDropAim) : nothing}
    <button
      class="attach extras"
      type="button"
      aria-haspopup="dialog"
      aria-label="Figurinha, localização ou contato"
      @click=${parts.onExtras}
    >
      ${icons.plus}
    </button>
    <label class="attach">
      ${icons.clip}
      <input type="file" multiple aria-label="Anexar foto ou documento" accept=${accept} @change=${parts.onFiles} />
    </label>
    <textarea rows="1" aria-label="Mensagem" placeholder="Mensagem" @keydown=${parts.onKey}></textarea>
    <button class="attach record" type="button" aria-label="Gravar mensagem de voz" @click=${parts.onRecord}>
      ${icons.mic}
    </button>
    <button class="send" type="submit" aria-label="Enviar">${icons.send}</button>
  </form>`;
}
