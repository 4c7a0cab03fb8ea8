import { iconChat, iconClose } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../locales/words.ts';

export interface Missed {
  /** Messages. */
  readonly unread: number;
  /** The conversation ended and there is a question about it. */
  readonly isAsked: boolean;
}

/** The round button in the corner, with what was missed. */
export function launcher(
  words: Words,
  isOpen: boolean,
  { unread, isAsked }: Missed,
  onToggle: () => void,
): TemplateResult {
  const missed = isOpen ? '' : unread > 0 ? words.unread(unread) : isAsked ? words.ended : '';
  return html`<button
    class="launcher ${isOpen ? 'is-open' : ''}"
    type="button"
    aria-expanded=${isOpen}
    aria-controls="panel"
    aria-label=${isOpen ? words.closeChat : missed ? `${words.openChat}, ${missed}` : words.openChat}
    @click=${onToggle}
  >
    ${isOpen ? iconClose : iconChat}
    ${
      missed
        ? html`<span class="badge numeric" aria-hidden="true">${unread > 99 ? '99+' : unread || ''}</span>`
        : nothing
    }
  </button>`;
}
