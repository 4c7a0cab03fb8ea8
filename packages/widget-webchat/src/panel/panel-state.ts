import type { WebchatSnapshot } from '@prosa/core/webchat';
import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../locales/words.ts';
import { iconFold } from './header.ts';

/** In place of the conversation while nothing is known yet, or when nothing can be. */
export function panelState(
  words: Words,
  status: WebchatSnapshot['status'],
  { onRetry, onClose }: { readonly onRetry: () => void; readonly onClose: (() => void) | null },
): TemplateResult {
  return html`<div class="state">
    ${
      onClose
        ? html`<button class="icon-button" type="button" data-action="close" aria-label=${words.fold} @click=${onClose}>
            ${iconFold}
          </button>`
        : nothing
    }
    ${
      status === 'failed'
        ? html`<p role="alert">${words.loadFailed}</p>
            <button class="button" type="button" @click=${onRetry}>${words.tryAgain}</button>`
        : html`<span class="spinner" role="img" aria-label=${words.loading}></span>`
    }
  </div>`;
}
