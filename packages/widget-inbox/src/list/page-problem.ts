import type { LiveList } from '@prosa/core';
import { iconWarning, type Locale } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';

type Paged = Pick<LiveList<unknown>, 'pageError' | 'loadingMore' | 'loadMore'>;

/** What is shown stays; the rest of it is asked for again by hand. */
export function pageProblem({ t }: Locale, query: Paged | null): TemplateResult | typeof nothing {
  if (!query?.pageError || query.loadingMore) return nothing;
  return html`<div class="page-problem" role="status">
    ${iconWarning}<span>${t.loadFailed}</span>
    <button
      class="link-button"
      type="button"
      @click=${() => {
        void query.loadMore();
      }}
    >
      ${t.tryAgain}
    </button>
  </div>`;
}
