import { adoptStyles, completeTranslation, ptBrDialogs } from '@prosa/ui';
import type { CSSResult, LitElement } from 'lit';

/** Gives an element the styles, and the words, of a part that was loaded later. */
export function adopt(host: LitElement, ...styles: readonly CSSResult[]): void {
  completeTranslation(ptBrDialogs);
  adoptStyles(host.shadowRoot, ...styles);
}
