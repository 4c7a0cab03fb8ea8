import type { Conversation } from '@prosa/core/contract';
import { iconCheck, iconClock, iconEye, type Locale } from '@prosa/ui';
import { html, type TemplateResult } from 'lit';
import { deskWords } from './desk-words.ts';

export interface DeskFootView {
  readonly locale: Locale;
  readonly conversation: Conversation;
  readonly myId: string | null;
  readonly accepting: boolean;
  readonly onAccept: () => void;
  readonly onDecline: () => void;
}

/** In place of the composer, in states that few desks have; `null` for the states that every desk has. */
export function deskFoot(view: DeskFootView): TemplateResult | null {
  const words = deskWords(view.locale.t.language);
  switch (view.conversation.status) {
    case 'offered':
      return offered(view);
    case 'triage':
      return line(html`${iconClock}<span class="grow">${words.triage}</span>`);
    case 'bot':
      return line(html`${iconEye}<span class="grow">${words.bot}</span>`);
    case 'expired':
      return line(html`${iconCheck}<span class="grow">${words.expired}</span>`);
    default:
      return null;
  }
}

function offered({ locale, conversation: { offer }, myId, ...view }: DeskFootView): TemplateResult {
  const words = deskWords(locale.t.language);
  if (!offer || offer.agent.id !== myId) {
    return line(html`${iconEye}<span class="grow">${words.offeredTo(offer?.agent.name ?? '')}</span>`);
  }
  return line(
    html`${iconClock}<span class="grow"
        >${words.offeredToYou(offer.from?.name ?? null, locale.f.time(offer.expiresAt))}</span
      >
      <button class="button" type="button" @click=${view.onDecline}>${words.decline}</button>
      <button
        class="button primary accept"
        type="button"
        part="accept"
        aria-disabled=${view.accepting ? 'true' : 'false'}
        @click=${view.onAccept}
      >
        ${words.accept}
      </button>`,
  );
}

function line(content: TemplateResult): TemplateResult {
  return html`<div class="composer-area"><div class="notice reason">${content}</div></div>`;
}
