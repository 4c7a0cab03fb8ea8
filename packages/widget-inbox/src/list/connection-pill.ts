import type { ConnectionState } from '@prosa/core';
import { iconOffline, iconWarning, type Locale, type Translation } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';

type Mood = 'good' | 'waiting' | 'bad';

function moodOf(state: ConnectionState): Mood {
  if (state === 'connected') return 'good';
  return state === 'offline' || state === 'needs_auth' || state === 'failed' ? 'bad' : 'waiting';
}

function labelOf(t: Translation, state: ConnectionState): string {
  switch (state) {
    case 'connected':
      return t.online;
    case 'reconnecting':
      return t.reconnecting;
    case 'offline':
      return t.offline;
    case 'needs_auth':
      return t.signedOut;
    case 'failed':
      return t.refused;
    default:
      return t.connecting;
  }
}

export function connectionPill({ t }: Locale, state: ConnectionState): TemplateResult {
  const label = labelOf(t, state);
  return html`<span class="connection ${moodOf(state)}" part="connection" title=${label}>
    <span class="dot" aria-hidden="true"></span>${label}
  </span>`;
}

/** What being without a connection means now, and what to do; nothing while all is well. */
export function connectionNotice(
  { t }: Locale,
  state: ConnectionState,
  pending: number,
  onRetry: () => void,
): TemplateResult | typeof nothing {
  if (moodOf(state) !== 'bad') return nothing;
  const text =
    state === 'needs_auth' ? t.signedOutNotice : state === 'failed' ? t.refusedNotice : t.offlineNotice(pending);
  return html`<div class="notice ${state === 'offline' ? '' : 'danger'} connection-notice">
    ${state === 'offline' ? iconOffline : iconWarning}
    <span class="grow"
      >${text}${
        state === 'offline'
          ? html` <button class="link-button" type="button" @click=${onRetry}>${t.tryAgain}</button>`
          : nothing
      }</span
    >
  </div>`;
}
