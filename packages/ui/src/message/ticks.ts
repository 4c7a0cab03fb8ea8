import type { MessageStatus } from '@prosa/core/contract';
import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { icon } from '../icons/icon.ts';
import { iconClock, iconWarning, tickOne, tickTwo } from '../icons/icons.ts';
import type { Translation } from '../locales/translation.ts';

const drawings: Readonly<Record<MessageStatus, SVGTemplateResult | TemplateResult>> = {
  pending: iconClock,
  unconfirmed: iconClock,
  sent: icon(tickOne),
  delivered: icon(tickTwo),
  read: icon(tickTwo),
  played: icon(tickTwo),
  failed: iconWarning,
};

/** How far a message got. A status of a newer gateway is not drawn. */
export function ticks(t: Translation, status: MessageStatus | null): TemplateResult | typeof nothing {
  if (!status || !(status in drawings)) return nothing;
  return html`<span class="ticks ${status}" role="img" aria-label=${t.statuses[status]} title=${t.statuses[status]}
    >${drawings[status]}</span
  >`;
}
