import { completeTranslation, ptBrDialogs } from '@prosa/ui';
import { isServer, type CSSResult, type LitElement } from 'lit';

/** Gives an element the styles, and the words, of a part that was loaded later. */
export function adopt(host: LitElement, ...styles: readonly CSSResult[]): void {
  completeTranslation(ptBrDialogs);
  const root = host.shadowRoot;
  if (isServer || !root) return;
  const sheets = styles.flatMap(({ styleSheet }) => styleSheet ?? []);
  root.adoptedStyleSheets = [...new Set([...root.adoptedStyleSheets, ...sheets])];
}
