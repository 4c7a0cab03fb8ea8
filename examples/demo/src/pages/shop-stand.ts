import { html, LitElement, type TemplateResult } from 'lit';
import { icons } from './icons.ts';

/** The shop, another website, in a frame: what its visitors see. */
export class ShopStand extends LitElement {
  override createRenderRoot(): HTMLElement {
    return this;
  }

  override render(): TemplateResult {
    return html`
      <aside class="stand shop" aria-label="Loja com webchat">
        <header class="stand-head">
          <h2 class="stand-title">${icons.shop}Loja Cacau</h2>
          <a class="new-number" href="/shop" target="_blank" rel="noopener"
            >${icons.open}<span>Abrir em uma aba</span></a
          >
        </header>
        <iframe class="shop-frame" src="/shop" title="Loja Cacau, com o webchat"></iframe>
        <p class="stand-note">Outro site, com o webchat em uma linha</p>
      </aside>
    `;
  }
}

customElements.define('shop-stand', ShopStand);
