import { iconChat, iconClose } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../locales/words.ts';

/** The round button in the corner, with what was missed. */
export function launcher(words: Words, isOpen: boolean, unread: number, onToggle: () => void): TemplateResult {
  const name = isOpen ? words.closeChat : words.openChat;
  return html`<button
    class="launcher ${isOpen ? 'is-open' : ''}"
    type="button"
    aria-expanded=${isOpen}
    aria-controls="panel"
    aria-label=${unread > 0 && !isOpen ? `${name}, ${words.unread(unread)}` : name}
    @click=${onToggle}
  >
    ${isOpen ? iconClose : iconChat}
    ${unread > 0 && !isOpen ? html`<span class="badge numeric" aria-hidden="true">${unread > 99 ? '99+' : unread}</span>` : nothing}
  </button>`;
}
