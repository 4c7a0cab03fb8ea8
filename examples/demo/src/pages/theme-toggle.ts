import { html, LitElement, type TemplateResult } from 'lit';
import { icons } from './icons.ts';

/** Light or dark, kept for the next visit. Until somebody chooses, the page follows the system. */
export class ThemeToggle extends LitElement {
  readonly #system = matchMedia('(prefers-color-scheme: dark)');
  readonly #changed = (): void => this.requestUpdate();

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#system.addEventListener('change', this.#changed);
    window.addEventListener('storage', this.#changed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#system.removeEventListener('change', this.#changed);
    window.removeEventListener('storage', this.#changed);
  }

  get #dark(): boolean {
    const { theme } = document.documentElement.dataset;
    return theme === undefined ? this.#system.matches : theme === 'dark';
  }

  #toggle(): void {
    const theme = this.#dark ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = theme;
    localStorage.setItem('cacau-theme', theme);
    this.requestUpdate();
  }

  override render(): TemplateResult {
    const label = this.#dark ? 'Usar tema claro' : 'Usar tema escuro';
    return html`<button class="icon-button" type="button" aria-label=${label} title=${label} @click=${this.#toggle}>
      ${this.#dark ? icons.sun : icons.moon}
    </button>`;
  }
}

customElements.define('theme-toggle', ThemeToggle);
