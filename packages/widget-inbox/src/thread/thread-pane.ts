import {
  errorText,
  iconBack,
  iconChat,
  iconClose,
  iconDown,
  iconHistory,
  iconInfo,
  iconWarning,
  type Locale,
} from '@prosa/ui';
import type { Conversation } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { ref } from 'lit/directives/ref.js';
import { pageProblem } from '../list/page-problem.ts';
import type { Notice } from './command-controller.ts';
import type { ThreadController } from './thread-controller.ts';
import { threadFoot, type ThreadFootView } from './thread-foot.ts';
import { threadHead, type ThreadHeadView } from './thread-head.ts';

export interface ThreadPaneView {
  readonly locale: Locale;
  readonly conversationId: string | null;
  /** `null` until it is known. */
  readonly conversation: Conversation | null;
  readonly controller: ThreadController;
  readonly notice: Notice | undefined;
  /** Where the list is out of sight, it is told here. */
  readonly connectionNotice: unknown;
  /** An older conversation is looked at; this is the one to go back to. */
  readonly returnTo: string | null;
  readonly head: (conversation: Conversation) => ThreadHeadView;
  readonly foot: (conversation: Conversation) => ThreadFootView;
  readonly onBack: () => void;
  readonly onDismissNotice: () => void;
  readonly onShow: (conversationId: string, returnTo: string | null) => void;
}

export function threadPane(view: ThreadPaneView): TemplateResult {
  const { locale, conversationId, conversation, controller, notice } = view;
  const { t } = locale;
  if (conversationId === null) {
    return html`<section class="thread-pane" part="thread" aria-label=${t.conversation}>
      <div class="empty grow">
        ${iconChat}
        <p class="title">${t.selectConversation}</p>
        <p class="detail">${t.selectConversationDetail}</p>
      </div>
    </section>`;
  }
  const foot = conversation ? view.foot(conversation) : null;
  const drop = foot?.composer.drop;
  return html`<section
    class="thread-pane"
    part="thread"
    aria-label=${t.conversation}
    @dragover=${drop?.over}
    @dragleave=${drop?.leave}
    @drop=${drop?.drop}
  >
    ${conversation ? threadHead(view.head(conversation)) : headSkeleton(view)} ${returnBar(view)}
    ${
      notice
        ? html`<div class="notice thread-notice ${notice.tone}">
            ${notice.tone === 'danger' ? iconWarning : iconInfo}<span class="grow">${notice.text}</span>
            <button class="icon-button small" type="button" aria-label=${t.close} @click=${view.onDismissNotice}>
              ${iconClose}
            </button>
          </div>`
        : nothing
    }
    <div class="thread-area">
      ${messages(view)}
      ${
        controller.live?.loadingMore
          ? html`<div class="loading-older" role="status"><span class="day-pill">${t.loadingOlder}</span></div>`
          : pageProblem(view.locale, controller.live)
      }
      ${
        controller.isAtEnd || controller.items.length === 0
          ? nothing
          : html`<button class="to-end" type="button" aria-label=${toEndLabel(view)} @click=${controller.toEnd}>
              ${iconDown}${
                controller.unseen > 0 ? html`<span class="count mine numeric">${controller.unseen}</span>` : nothing
              }
            </button>`
      }
    </div>
    <div class="thread-connection">${view.connectionNotice}</div>
    ${foot ? threadFoot(foot) : nothing}
  </section>`;
}

function toEndLabel({ locale: { t }, controller: { unseen } }: ThreadPaneView): string {
  return unseen > 0 ? `${t.toNewest}, ${t.newMessages(unseen)}` : t.toNewest;
}

function headSkeleton({ locale: { t }, onBack, controller }: ThreadPaneView): TemplateResult {
  return html`<header class="pane-head thread-head">
    <button class="icon-button back" type="button" aria-label=${t.back} @click=${onBack}>${iconBack}</button>
    ${
      controller.live?.status === 'error'
        ? nothing
        : html`<span class="bone round head-bone"></span><span class="bone head-name-bone"></span>`
    }
  </header>`;
}

function returnBar({ locale: { t }, returnTo, onShow }: ThreadPaneView): TemplateResult | typeof nothing {
  if (returnTo === null) return nothing;
  return html`<div class="return-bar">
    ${iconHistory}<span class="grow">${t.viewingPrevious}</span>
    <button
      class="link-button"
      type="button"
      @click=${() => {
        onShow(returnTo, null);
      }}
    >
      ${t.backToCurrent}
    </button>
  </div>`;
}

function messages(view: ThreadPaneView): TemplateResult {
  const { locale, controller, conversationId } = view;
  const { t } = locale;
  const live = controller.live;
  if (live?.status === 'error' && controller.items.length === 0) {
    return html`<div class="empty grow" role="alert">
      ${iconWarning}
      <p class="title">${t.loadFailed}</p>
      <p class="detail">${errorText(t, live.error)}</p>
      <button
        class="button"
        type="button"
        @click=${() => {
          live.refresh();
        }}
      >
        ${t.tryAgain}
      </button>
    </div>`;
  }
  if (controller.items.length === 0) {
    return live?.status === 'ready'
      ? html`<div class="empty grow"><p class="detail">${t.emptyThread}</p></div>`
      : threadSkeleton(t.loading);
  }
  return html`${keyed(
    conversationId,
    html`<div
      class="log scroller"
      part="log"
      role="log"
      aria-live="off"
      aria-label=${t.messages}
      tabindex="0"
      ${ref(controller.list.scroller)}
    >
      ${controller.list.render()}
    </div>`,
  )}`;
}

/** Above the oldest message: what was before this conversation. */
export function showPrevious(locale: Locale, onClick: () => void): TemplateResult {
  return html`<div class="log-top">
    <button class="button quiet" type="button" @click=${onClick}>${iconHistory}${locale.t.showPrevious}</button>
  </div>`;
}

function threadSkeleton(label: string): TemplateResult {
  return html`<div class="thread-skeleton" role="status" aria-label=${label}>
    <span class="bone bubble-bone s1"></span><span class="bone bubble-bone s2"></span>
    <span class="bone bubble-bone ours s3"></span><span class="bone bubble-bone s1"></span>
    <span class="bone bubble-bone ours s2"></span>
  </div>`;
}
