import { safeHref } from '@prosa/core';
import { html, type TemplateResult } from 'lit';
import { iconOut } from './icons.ts';

/** Where a link of the web leads, with its host in sight. What is no such link is shown as it is written. */
export function webLink(written: string, label?: string): TemplateResult {
  const href = webHref(written);
  if (href === null) return html`<span class="web-link dead">${label ?? written}</span>`;
  const { host, pathname } = new URL(href);
  const shown = host + (pathname === '/' ? '' : pathname);
  return html`<a class="web-link" href=${href} title=${href} target="_blank" rel="noopener noreferrer nofollow ugc"
    ><span class="ellipsis">${label ?? shown}</span
    >${label === undefined ? '' : html`<span class="muted ellipsis">${host}</span>`}${iconOut}</a
  >`;
}

/** `http` and `https` only. */
export function webHref(written: string): string | null {
  const href = safeHref(written);
  return href !== null && /^https?:/.test(href) ? href : null;
}
