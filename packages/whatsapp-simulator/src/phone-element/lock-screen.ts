import { html, nothing, type TemplateResult } from 'lit';
import type { PhoneChat } from '../phone/displays.ts';
import { icons } from './icons.ts';
import { lineOf } from './line-of.ts';
import { longDate, timeOf } from './times.ts';

const mostNotes = 3;

/** The phone put away: the hour, and what has arrived and is not read. */
export function lockScreen(chat: PhoneChat | undefined, now: number): TemplateResult {
  const unread = chat?.unread ?? 0;
  const notes = unread === 0 ? [] : (chat?.messages.filter(({ from }) => from === 'business').slice(-unread) ?? []);
  return html`<div class="lock">
    <p class="lock-icon">${icons.lock}</p>
    <p class="lock-time">${timeOf(now)}</p>
    <p class="lock-date">${longDate(now)}</p>
    <ul class="notes" aria-label="Notificações" aria-live="polite">
      ${notes.length === 0 ? html`<li class="lock-quiet">Nenhuma mensagem nova</li>` : nothing}
      ${notes.slice(-mostNotes).map(
        ({ content, at }) =>
          html`<li class="note">
            <span class="note-head"><strong>${chat?.name}</strong><span>${timeOf(at)}</span></span>
            <span class="note-text">${lineOf(content)}</span>
          </li>`,
      )}
      ${notes.length > mostNotes ? html`<li class="lock-quiet">e mais ${notes.length - mostNotes}</li>` : nothing}
    </ul>
  </div>`;
}
