import type { ConnectionState } from '@prosa/core';
import { errorText, iconChatPlus, iconInbox, iconWarning, type Locale } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { connectionNotice, connectionPill } from './connection-pill.ts';
import { pageProblem } from './page-problem.ts';
import type { ListController } from './list-controller.ts';
import { tabBar } from './tab-bar.ts';

export interface ListPaneView {
  readonly locale: Locale;
  readonly controller: ListController;
  readonly connection: ConnectionState;
  /** Messages that wait for the connection. */
  readonly pending: number;
  readonly selectedId: string | null;
  readonly onRetryConnection: () => void;
  /** To write first, to a number. */
  readonly onStart: (opener: EventTarget | null) => void;
  readonly onSelect: (conversationId: string) => void;
}

export function listPane(view: ListPaneView): TemplateResult {
  const { locale, controller, connection, pending, onRetryConnection, onStart } = view;
  const { t } = locale;
  return html`<section class="list-pane" part="list" aria-label=${t.conversations}>
    <header class="pane-head">
      <h2 class="grow">${t.inboxTitle}</h2>
      ${connectionPill(locale, connection)}
      <button
        class="icon-button new-conversation"
        type="button"
        part="new-conversation"
        aria-label=${t.newConversation}
        title=${t.newConversation}
        @click=${(event: Event) => {
          onStart(event.currentTarget);
        }}
      >
        ${iconChatPlus}
      </button>
    </header>
    ${tabBar({
      locale,
      tab: controller.tab,
      counts: controller.counts,
      onSelect: (tab) => {
        controller.showTab(tab);
      },
    })}
    ${connectionNotice(locale, connection, pending, onRetryConnection)}
    <div
      class="list-panel"
      id="conversation-list"
      role="tabpanel"
      aria-labelledby="tab-${controller.tab}"
      aria-busy=${controller.query?.status === 'loading' ? 'true' : 'false'}
    >
      ${listBody(view)} ${pageProblem(locale, controller.query)}
    </div>
  </section>`;
}

function listBody(view: ListPaneView): TemplateResult {
  const { locale, controller, selectedId, onSelect } = view;
  const { t } = locale;
  const query = controller.query;
  if (!query || (query.value.length === 0 && (query.status === 'loading' || query.status === 'idle'))) {
    return skeleton(t.loading);
  }
  if (query.value.length === 0 && query.status === 'error') {
    return html`<div class="empty" role="alert">
      ${iconWarning}
      <p class="title">${t.loadFailed}</p>
      <p class="detail">${errorText(t, query.error)}</p>
      <button
        class="button"
        type="button"
        @click=${() => {
          query.refresh();
        }}
      >
        ${t.tryAgain}
      </button>
    </div>`;
  }
  if (query.value.length === 0) {
    const { title, detail } = t.emptyTabs[controller.tab];
    return html`<div class="empty">
      ${iconInbox}
      <p class="title">${title}</p>
      <p class="detail">${detail}</p>
      ${
        controller.tab === 'mine' && (controller.counts?.waiting ?? 0) > 0
          ? html`<button
              class="button"
              type="button"
              @click=${() => {
                controller.showTab('waiting');
              }}
            >
              ${t.tabs.waiting}
            </button>`
          : nothing
      }
    </div>`;
  }
  const { activeId, list } = controller;
  const { first, last } = list.range;
  const activeIndex = activeId === null ? -1 : list.items.findIndex(({ id }) => id === activeId);
  const drawn = activeIndex >= Math.max(0, first - 6) && activeIndex <= last + 6;
  return html`<div
    class="rows scroller"
    role="listbox"
    tabindex="0"
    aria-label=${t.tabs[controller.tab]}
    aria-activedescendant=${activeIndex >= 0 && drawn ? `row-${activeId}` : nothing}
    ${ref(list.scroller)}
    @keydown=${controller.onKeydown}
    @focus=${() => {
      if (controller.activeId === null) controller.enter(selectedId);
    }}
    @blur=${() => {
      controller.setActive(null);
    }}
    @click=${(event: Event) => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]') : null;
      if (row?.dataset['id']) onSelect(row.dataset['id']);
    }}
  >
    ${list.render()}
  </div>`;
}

function skeleton(label: string): TemplateResult {
  return html`<div class="skeleton-rows" role="status" aria-label=${label}>
    ${Array.from(
      { length: 6 },
      (_, i) =>
        html`<div class="row skeleton">
          <span class="bone round avatar-bone"></span>
          <div class="row-text">
            <span class="bone name-bone b${i % 3}"></span>
            <span class="bone text-bone b${(i + 1) % 3}"></span>
          </div>
        </div>`,
    )}
  </div>`;
}
