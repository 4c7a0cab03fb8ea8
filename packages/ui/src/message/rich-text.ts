import { html, type TemplateResult } from 'lit';
import type { RichText } from '../locales/translation.ts';

/** Draws a sentence of a locale. */
export function richText(text: RichText): readonly (string | TemplateResult)[] {
  return text.map((part) => (typeof part === 'string' ? part : html`<strong>${part.strong}</strong>`));
}

/** The same sentence without the bold, for a label. */
export function plainText(text: RichText): string {
  return text.map((part) => (typeof part === 'string' ? part : part.strong)).join('');
}
