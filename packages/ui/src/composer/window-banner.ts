import { serviceWindowOf } from '@prosa/core';
import { html, nothing, type TemplateResult } from 'lit';
import { iconClock } from '../icons/icons.ts';
import type { Locale } from '../locales/locale.ts';

/** How long free replies are possible; nothing where there is no such limit. */
export function windowBanner({ t, f }: Locale, expiresAt: string | null, now: number): TemplateResult | typeof nothing {
  const { state, remainingMs } = serviceWindowOf(expiresAt, now);
  if (remainingMs === null || state === 'closed') return nothing;
  const left = f.duration(remainingMs);
  return html`<p class="window-banner ${state} numeric" part="window-banner">
    ${iconClock}<span>${state === 'closing' ? t.windowClosing(left) : t.windowOpen(left)}</span>
  </p>`;
}
