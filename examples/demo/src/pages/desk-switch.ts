import { html, LitElement, type TemplateResult } from 'lit';
import { icons } from './icons.ts';

type Pane = 'crm' | 'phone' | 'shop';

/** On a narrow window CRM, phone and shop take turns. */
export class DeskSwitch extends LitElement {
  static override properties = { pane: { state: true } };
  declare pane: Pane;

  constructor() {
    super();
    this.pane = 'crm';
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override updated(): void {
    document.body.dataset['pane'] = this.pane;
  }

  override render(): TemplateResult {
    return html`<div role="group" aria-label="O que mostrar">
      ${this.#button('crm', 'CRM', icons.chats)} ${this.#button('phone', 'Celular', icons.phone)}
      ${this.#button('shop', 'Loja', icons.shop)}
    </div>`;
  }

  #button(pane: Pane, label: string, icon: unknown): TemplateResult {
    return html`<button type="button" aria-pressed=${this.pane === pane} @click=${() => (this.pane = pane)}>
      ${icon}${label}
    </button>`;
  }
}

customElements.define('desk-switch', DeskSwitch);
