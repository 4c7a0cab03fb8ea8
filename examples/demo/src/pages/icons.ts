import { svg, type SVGTemplateResult } from 'lit';

function icon(paths: SVGTemplateResult): SVGTemplateResult {
  return svg`<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;
}

export const icons = {
  chats: icon(svg`<path d="M20 11.5a7.5 7.5 0 0 1-10.9 6.7L4 19.5l1.5-4.4A7.5 7.5 0 1 1 20 11.5Z" />
    <path d="M9 10.5h7M9 13.5h4" />`),
  people: icon(svg`<circle cx="9" cy="8" r="3.25" /><path d="M3.5 19c.4-3.2 2.6-5 5.5-5s5.1 1.8 5.5 5" />
    <path d="M15.5 5.2a3.25 3.25 0 0 1 0 5.6M17.2 14.6c1.9.7 3 2.2 3.3 4.4" />`),
  sun: icon(svg`<circle cx="12" cy="12" r="4" />
    <path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1" />`),
  moon: icon(svg`<path d="M20 14.2A8.2 8.2 0 1 1 9.8 4a6.5 6.5 0 0 0 10.2 10.2Z" />`),
  search: icon(svg`<circle cx="11" cy="11" r="6.5" /><path d="m20 20-4.3-4.3" />`),
  plus: icon(svg`<path d="M12 5v14M5 12h14" />`),
  phone: icon(svg`<rect x="7" y="2.75" width="10" height="18.5" rx="2.5" /><path d="M11 18.25h2" />`),
  shop: icon(svg`<path d="M4.5 10v8.5a1.5 1.5 0 0 0 1.5 1.5h12a1.5 1.5 0 0 0 1.5-1.5V10" />
    <path d="M3.5 9.5 5.5 4h13l2 5.5a2.8 2.8 0 0 1-5.6.3 2.9 2.9 0 0 1-5.8 0 2.8 2.8 0 0 1-5.6-.3ZM10 20v-5h4v5" />`),
  open: icon(
    svg`<path d="M10 5H6.5A1.5 1.5 0 0 0 5 6.5v11A1.5 1.5 0 0 0 6.5 19h11a1.5 1.5 0 0 0 1.5-1.5V14M14 5h5v5M19 5l-8 8" />`,
  ),
  chevron: icon(svg`<path d="m7 10 5 5 5-5" />`),
};

/** Mark of the made-up CRM: a cocoa bean. */
export const cacau: SVGTemplateResult = svg`<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
  <path class="bean" d="M22.4 8.2c3 4.6 1.6 11-2.9 14.2-4.3 3-9.6 2.5-11.8-.7-2.3-3.3-1.1-8.8 3.1-12 4-3.1 9-3.8 11.6-1.5Z" />
  <path class="crease" d="M9 22c2.2-5.4 6.6-9.8 12.2-12.4" />
</svg>`;
