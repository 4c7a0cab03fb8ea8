import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** A drawing on a 20 × 20 grid, in the colour of the text. It is decoration: what it means is said beside it. */
export function icon(drawing: SVGTemplateResult | (() => SVGTemplateResult)): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    ${typeof drawing === 'function' ? drawing() : drawing}
  </svg>`;
}

/** One stroke. */
export const stroke = (path: string): SVGTemplateResult => svg`<path d=${path}></path>`;
