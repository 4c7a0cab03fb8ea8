/** Gives a shadow root the accent of the webchat's configuration. What the page says with `--prosa-accent` still wins. */
export class AccentSheet {
  readonly #sheet = new CSSStyleSheet();
  #accent: string | null = null;

  attach(root: ShadowRoot): void {
    if (!root.adoptedStyleSheets.includes(this.#sheet)) root.adoptedStyleSheets.push(this.#sheet);
  }

  /** @param accent `#rrggbb`, or `null` for the element's own */
  set(accent: string | null): void {
    if (accent === this.#accent) return;
    this.#accent = accent;
    const isColour = accent !== null && /^#[0-9a-f]{6}$/i.test(accent);
    this.#sheet.replaceSync(isColour ? `:host { --_accent: var(--prosa-accent, ${accent}); }` : '');
  }
}
