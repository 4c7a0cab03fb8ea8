import type { Conversation } from '@prosa/core/contract';
import { iconGlobe, iconUser, iconWhatsApp, initials } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';

/** Initials, or a figure for somebody who is only a number; with the channel where it is told. */
export function avatar(name: string, options: { origin?: Conversation['origin']; size?: string } = {}): TemplateResult {
  const { origin, size = '' } = options;
  return html`<span class="avatar ${size}" aria-hidden="true"
    >${initials(name) ?? iconUser}${
      origin
        ? html`<span class="badge-channel ${origin}">${origin === 'whatsapp' ? iconWhatsApp : iconGlobe}</span>`
        : nothing
    }</span
  >`;
}
