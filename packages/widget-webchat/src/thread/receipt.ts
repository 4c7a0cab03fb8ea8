import { icon, tickOne, tickTwo } from '@prosa/ui';
import { html, type TemplateResult } from 'lit';
import type { Words } from '../locales/words.ts';

/** One tick: the team's desk has it. Two: somebody has read it. */
export function receipt(words: Words, isRead: boolean): TemplateResult {
  return html`<span class="ticks ${isRead ? 'read' : ''}"
    >${icon(isRead ? tickTwo : tickOne)}<span class="sr-only">${isRead ? words.read : words.sent}</span></span
  >`;
}
