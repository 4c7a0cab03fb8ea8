import { iconWarning, type Locale } from '@prosa/ui';
import { html, type TemplateResult } from 'lit';

/** In place of everything where the page gives no client. What to do about it is on the console. */
export function notSetUp({ t }: Locale): TemplateResult {
  return html`<div class="empty" role="status">
    ${iconWarning}
    <p class="detail">${t.noClient}</p>
  </div>`;
}
