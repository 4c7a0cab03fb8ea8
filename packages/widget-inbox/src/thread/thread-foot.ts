import { serviceWindowOf } from '@prosa/core';
import type { Conversation } from '@prosa/core/contract';
import { composer, iconCheck, iconClock, iconEye, windowBanner, type ComposerController, type Locale } from '@prosa/ui';
import { html, type TemplateResult } from 'lit';

export interface ThreadFootView {
  readonly locale: Locale;
  readonly conversation: Conversation;
  readonly mine: boolean;
  readonly now: number;
  readonly composer: ComposerController;
  readonly accepting: boolean;
  readonly onAccept: () => void;
  readonly onFinish: (opener: EventTarget | null) => void;
}

/** The composer, or why there is none and what to do instead. */
export function threadFoot(view: ThreadFootView): TemplateResult {
  const { locale, conversation, mine, now, accepting, onAccept, onFinish } = view;
  const { t, f } = locale;
  const { status, assignee, closedAt, windowExpiresAt } = conversation;
  if (status === 'queued') {
    return reason(
      html`${iconClock}<span class="grow">${t.queuedNotice}</span>
        <button
          class="button primary accept"
          type="button"
          part="accept"
          aria-disabled=${accepting ? 'true' : 'false'}
          @click=${onAccept}
        >
          ${t.accept}
        </button>`,
    );
  }
  if (status === 'closed') {
    const when = closedAt === null ? '' : f.listTime(closedAt, now);
    return reason(html`${iconCheck}<span class="grow">${t.finishedNotice(when)}</span>`);
  }
  if (!mine) return reason(html`${iconEye}<span class="grow">${t.othersNotice(assignee?.name ?? '')}</span>`);
  if (status === 'wrap_up') {
    return reason(
      html`${iconCheck}<span class="grow">${t.wrapUpNotice}</span>
        <button
          class="button primary"
          type="button"
          @click=${(event: Event) => {
            onFinish(event.currentTarget);
          }}
        >
          ${t.finish}
        </button>`,
    );
  }
  if (serviceWindowOf(windowExpiresAt, now).state === 'closed') {
    return reason(html`${iconClock}<span class="grow">${t.windowClosedNotice}</span>`, 'warning');
  }
  return html`<div class="composer-area">
    ${windowBanner(locale, windowExpiresAt, now)}${composer(locale, view.composer)}
  </div>`;
}

function reason(content: TemplateResult, tone = ''): TemplateResult {
  return html`<div class="composer-area"><div class="notice reason ${tone}">${content}</div></div>`;
}
