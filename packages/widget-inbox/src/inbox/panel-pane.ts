import type { ProsaClient } from '@prosa/core';
import type { Conversation } from '@prosa/core/contract';
import { iconClose, type LayoutController, type Locale, type Translation } from '@prosa/ui';
import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { CustomerSource } from '../customer-panel/customer-source.ts';

/** Beside the thread where there is room, a sheet over it where there is not. */
export class PanelController implements ReactiveController {
  readonly #host: LitElement;
  readonly #layout: LayoutController;
  #besideOpen = true;
  #sheetOpen = false;
  #opener: HTMLElement | null = null;
  #takesFocus = false;

  constructor(host: LitElement, layout: LayoutController) {
    this.#host = host;
    this.#layout = layout;
    host.addController(this);
  }

  get isSheet(): boolean {
    return this.#layout.current !== 'wide';
  }

  get isOpen(): boolean {
    return this.isSheet ? this.#sheetOpen : this.#besideOpen;
  }

  readonly open = (opener: EventTarget | null): void => {
    if (this.isSheet) this.#sheetOpen = true;
    else this.#besideOpen = true;
    this.#opener = opener instanceof HTMLElement ? opener : null;
    this.#takesFocus = true;
    this.#host.requestUpdate();
  };

  readonly close = (): void => {
    if (this.isSheet) this.#sheetOpen = false;
    else this.#besideOpen = false;
    this.#host.requestUpdate();
    const opener = this.#opener;
    this.#opener = null;
    if (opener?.isConnected) opener.focus();
  };

  closeSheet(): void {
    this.#sheetOpen = false;
  }

  hostUpdated(): void {
    if (!this.#takesFocus) return;
    this.#takesFocus = false;
    this.#host.renderRoot.querySelector<HTMLElement>('.panel-pane .close-panel')?.focus();
  }
}

export interface PanelPaneView {
  readonly locale: Locale;
  readonly controller: PanelController;
  readonly client: ProsaClient | null;
  readonly conversation: Conversation;
  readonly source: CustomerSource | undefined;
  readonly strings: Partial<Translation> | undefined;
  readonly onOpenConversation: (conversationId: string) => void;
}

export function panelPane(view: PanelPaneView): TemplateResult {
  const { locale, controller, client, conversation, source, strings, onOpenConversation } = view;
  const { t } = locale;
  return html`<button
      class="sheet-backdrop"
      type="button"
      tabindex="-1"
      aria-hidden="true"
      @click=${controller.close}
    ></button>
    <aside
      class="panel-pane"
      part="customer"
      aria-label=${t.customerPanel}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape' && controller.isSheet && !event.defaultPrevented) controller.close();
      }}
      @prosa-conversation-selected=${(event: CustomEvent<{ readonly conversationId: string }>) => {
        event.stopPropagation();
        onOpenConversation(event.detail.conversationId);
      }}
    >
      <header class="pane-head">
        <h2 class="grow">${t.customer}</h2>
        <button class="icon-button close-panel" type="button" aria-label=${t.close} @click=${controller.close}>
          ${iconClose}
        </button>
      </header>
      <div class="panel-scroll scroller">
        <slot name="panel">
          <prosa-customer-panel
            lang=${t.language}
            .client=${client ?? undefined}
            .conversationId=${conversation.id}
            .contactId=${conversation.contact.id}
            .source=${source}
            .strings=${strings}
          ></prosa-customer-panel>
        </slot>
      </div>
    </aside>`;
}
