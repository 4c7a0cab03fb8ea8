import type { ConversationTab } from '@prosa/core/contract';
import type { Locale } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import { tabs } from './list-controller.ts';

export interface TabBarView {
  readonly locale: Locale;
  readonly tab: ConversationTab;
  readonly counts: Readonly<Record<ConversationTab, number>> | null;
  readonly onSelect: (tab: ConversationTab) => void;
}

/** The four tabs. Arrow keys move and open; only what is mine is counted loudly. */
export function tabBar({ locale: { t }, tab, counts, onSelect }: TabBarView): TemplateResult {
  const onKeydown = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void => {
    const at = tabs.indexOf(tab);
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const steps: Readonly<Record<string, number>> = { [forward]: at + 1, [backward]: at - 1, Home: 0, End: -1 };
    const step = steps[event.key];
    const next = step === undefined ? undefined : tabs.at(step % tabs.length);
    if (!next) return;
    event.preventDefault();
    onSelect(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab='${next}']`)?.focus();
  };
  return html`<div class="tabs" part="tabs" role="tablist" aria-label=${t.conversations} @keydown=${onKeydown}>
    ${tabs.map((name) => {
      const count = counts?.[name] ?? 0;
      const selected = name === tab;
      return html`<button
        class="tab"
        type="button"
        role="tab"
        id="tab-${name}"
        data-tab=${name}
        aria-selected=${selected ? 'true' : 'false'}
        aria-controls="conversation-list"
        aria-label=${counts ? t.tabCount(t.tabs[name], count) : t.tabs[name]}
        tabindex=${selected ? 0 : -1}
        @click=${() => {
          onSelect(name);
        }}
      >
        <span class="tab-name">${t.tabs[name]}</span>
        ${
          count > 0
            ? html`<span class="count ${name === 'mine' ? 'mine' : ''} numeric">${count > 999 ? '999+' : count}</span>`
            : nothing
        }
      </button>`;
    })}
  </div>`;
}
