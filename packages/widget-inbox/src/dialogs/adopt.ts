import { isServer, type CSSResult, type LitElement } from 'lit';

/** Gives an element the styles of a part that was loaded later. */
export function adopt(host: LitElement, styles: CSSResult): void {
  const root = host.shadowRoot;
  const sheet = styles.styleSheet;
  if (isServer || !root || !sheet || root.adoptedStyleSheets.includes(sheet)) return;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
