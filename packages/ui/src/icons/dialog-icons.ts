import { svg } from 'lit';
import { icon, stroke } from './icon.ts';

// Only dialogs show them, so they come with those.

export const iconSearch = /* @__PURE__ */ icon(
  () => svg`<circle cx="8.8" cy="8.8" r="5.3"></circle><path d="m12.8 12.8 4 4"></path>`,
);
export const iconQueue = /* @__PURE__ */ icon(/* @__PURE__ */ stroke('M4 5.5h12M4 10h12M4 14.5h7'));
