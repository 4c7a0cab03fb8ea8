import { serviceWindowOf } from '@prosa/core';
import type { Conversation } from '@prosa/core/contract';
import {
  iconCheck,
  iconClock,
  iconEye,
  iconInfo,
  windowBanner,
  type ComposerPart,
  type Locale,
  type MessageContext,
} from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import { conversationName } from '../list/contact-name.ts';
import type { TemplatePane } from '../hsm/template-pane.ts';

export interface ThreadFootView {
  readonly locale: Locale;
  readonly conversation: Conversation;
  readonly mine: boolean;
  readonly now: number;
  readonly composer: ComposerPart;
  readonly messages: MessageContext;
  readonly accepting: boolean;
  /** What stands in the composer's place in states that few desks have. */
  readonly desk: TemplateResult | null;
  readonly templates: TemplatePane;
  /** The customer is typing. */
  readonly typing: boolean;
  readonly onWriteTemplate: () => void;
  readonly onAccept: () => void;
  readonly onFinish: (opener: EventTarget | null) => void;
}

/** The composer, or why there is none and what to do instead. */
export function threadFoot(view: ThreadFootView): TemplateResult {
  const { locale, conversation, mine, now, accepting, onAccept, onFinish } = view;
  const { t, f } = locale;
  const { status, assignee, closedAt, windowExpiresAt } = conversation;
  if (view.desk) return view.desk;
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
  if (status === 'awaiting_reply') return awaiting(view);
  if (status === 'closed') {
    const when = closedAt === null ? '' : f.moment(closedAt, now);
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
  const isClosed = serviceWindowOf(windowExpiresAt, now).state === 'closed';
  if (isClosed || view.templates.isWanted) {
    return html`<div class="composer-area">
      ${
        isClosed
          ? html`<div class="notice reason warning">${iconClock}<span class="grow">${t.windowClosedNotice}</span></div>`
          : nothing
      }
      ${view.templates.render({ locale, conversation, canGoBack: !isClosed })}
    </div>`;
  }
  return html`<div class="composer-area">
    ${typingLine(view)}${windowBanner(locale, windowExpiresAt, now)}${view.composer.render(locale, {
      onTemplate: conversation.origin === 'whatsapp' ? view.onWriteTemplate : null,
      quote: quoteBar(view),
    })}
  </div>`;
}

/** Nobody may write until the customer answers. */
function awaiting({ locale: { t }, conversation: { assignee, lastMessage }, mine }: ThreadFootView): TemplateResult {
  if (!mine) return reason(html`${iconEye}<span class="grow">${t.awaitingOthersNotice(assignee?.name ?? null)}</span>`);
  if (lastMessage?.status === 'failed') {
    // The message itself says that it failed, and why.
    return reason(html`${iconInfo}<span class="grow">${t.awaitingFailed}</span>`);
  }
  return reason(html`${iconClock}<span class="grow">${t.awaitingNotice}</span>`);
}

function quoteBar({ composer: controller, messages }: ThreadFootView): unknown {
  const { replyTo } = controller;
  if (!replyTo) return nothing;
  return messages.extras?.replyBar(messages, replyTo, () => {
    controller.reply(null);
  });
}

function typingLine({ locale: { t }, conversation, typing }: ThreadFootView): TemplateResult | typeof nothing {
  if (!typing) return nothing;
  return html`<p class="typing" part="typing">
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${t.typing(conversationName(conversation))}
  </p>`;
}

function reason(content: TemplateResult): TemplateResult {
  return html`<div class="composer-area"><div class="notice reason">${content}</div></div>`;
}
