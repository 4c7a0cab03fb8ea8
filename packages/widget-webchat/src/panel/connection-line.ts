import type { ConnectionState } from '@prosa/core';
import { iconOffline } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../locales/words.ts';

/** Says that there is no connection, and nothing while there is one or it is just being made. */
export function connectionLine(
  words: Words,
  state: ConnectionState,
  pendingCount: number,
  onRetry: () => void,
): TemplateResult | typeof nothing {
  if (state !== 'offline' && state !== 'reconnecting') return nothing;
  return html`<div class="connection-line ${state}" role="status">
    ${iconOffline}<span>${words.offline(pendingCount)}</span>
    <button class="link-button" type="button" @click=${onRetry}>${words.reconnect}</button>
  </div>`;
}
