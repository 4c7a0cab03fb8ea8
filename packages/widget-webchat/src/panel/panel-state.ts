import type { WebchatSnapshot } from '@prosa/core/webchat';
import { html, type TemplateResult } from 'lit';
import type { Words } from '../locales/words.ts';

/** In place of the conversation while nothing is known yet, or when nothing can be. */
export function panelState(words: Words, status: WebchatSnapshot['status'], onRetry: () => void): TemplateResult {
  return html`<div class="state">
    ${
      status === 'failed'
        ? html`<p role="alert">${words.loadFailed}</p>
            <button class="button" type="button" @click=${onRetry}>${words.tryAgain}</button>`
        : html`<span class="spinner" role="img" aria-label=${words.loading}></span>`
    }
  </div>`;
}
