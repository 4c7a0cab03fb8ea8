import { svg } from 'lit';
import { icon, stroke } from './icon.ts';

// Marked as pure, so that a page gets only the icons that it shows.

export const iconClose = /* @__PURE__ */ icon(/* @__PURE__ */ stroke('m5 5 10 10M15 5 5 15'));
export const iconBack = /* @__PURE__ */ icon(/* @__PURE__ */ stroke('M12.5 4.5 7 10l5.5 5.5'));
export const iconDown = /* @__PURE__ */ icon(/* @__PURE__ */ stroke('M10 4.5v11m0 0L5.2 10.8M10 15.5l4.8-4.7'));
export const iconClock = /* @__PURE__ */ icon(
  () => svg`<circle cx="10" cy="10" r="7"></circle><path d="M10 6.2V10l2.6 1.7"></path>`,
);
export const iconAttach = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke(
    'm15.6 9.4-5.9 5.9a3.6 3.6 0 0 1-5.1-5.1l6.6-6.6a2.4 2.4 0 0 1 3.4 3.4L8 13.6a1.2 1.2 0 0 1-1.7-1.7l5.6-5.6',
  ),
);
export const iconSend = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke('M3.6 10 16.4 4l-3.6 12-3.2-4.9L3.6 10Zm6 1.1 3-3'),
);
export const iconCheck = /* @__PURE__ */ icon(/* @__PURE__ */ stroke('m4.5 10.5 3.7 3.7 7.3-8.4'));
export const iconCopy = /* @__PURE__ */ icon(
  () =>
    svg`<rect x="7.2" y="7.2" width="9" height="9" rx="2"></rect><path d="M12.8 4.6a1.8 1.8 0 0 0-1.6-.9H5.6a2 2 0 0 0-2 2v5.6c0 .7.4 1.3.9 1.6"></path>`,
);
export const iconUser = /* @__PURE__ */ icon(
  () => svg`<circle cx="10" cy="7" r="3.2"></circle><path d="M4 16.4c.8-3 3.2-4.6 6-4.6s5.2 1.6 6 4.6"></path>`,
);
export const iconUserPlus = /* @__PURE__ */ icon(
  () =>
    svg`<circle cx="8.2" cy="7" r="3"></circle><path d="M2.8 16c.7-2.8 2.9-4.3 5.4-4.3 1.3 0 2.5.4 3.5 1.1M14.8 11.5v5m-2.5-2.5h5"></path>`,
);
export const iconLink = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke(
    'M8.3 11.7a3 3 0 0 1 0-4.2l2.3-2.3a3 3 0 0 1 4.2 4.2l-1 1m-2.1-2.1a3 3 0 0 1 0 4.2l-2.3 2.3a3 3 0 0 1-4.2-4.2l1-1',
  ),
);
export const iconTransfer = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke('M4 7.2h11m0 0-2.8-2.8M15 7.2 12.2 10M16 12.8H5m0 0 2.8-2.8M5 12.8l2.8 2.8'),
);
export const iconChat = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke(
    'M10 3.6c4 0 7 2.6 7 6s-3 6-7 6c-.9 0-1.7-.1-2.5-.4L3.8 16.5l.9-3A5.5 5.5 0 0 1 3 9.6c0-3.4 3-6 7-6Z',
  ),
);
export const iconChatPlus = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke(
    'M10 3.6c4 0 7 2.6 7 6s-3 6-7 6c-.9 0-1.7-.1-2.5-.4L3.8 16.5l.9-3A5.5 5.5 0 0 1 3 9.6c0-3.4 3-6 7-6Zm0 3.5v5M7.5 9.6h5',
  ),
);
export const iconInbox = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke(
    'M3.5 11.5 5.4 5a1.5 1.5 0 0 1 1.4-1h6.4c.6 0 1.2.4 1.4 1l1.9 6.5m-13 0V14.5A1.5 1.5 0 0 0 5 16h10a1.5 1.5 0 0 0 1.5-1.5v-3m-13 0h3.7l1.1 1.8h3.4l1.1-1.8h3.7',
  ),
);
export const iconWarning = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke('M10 3.8 17.2 16H2.8L10 3.8Zm0 4.7v3.3m0 2.1v.1'),
);
export const iconInfo = /* @__PURE__ */ icon(
  () => svg`<circle cx="10" cy="10" r="7"></circle><path d="M10 9.2v4.3M10 6.6v.1"></path>`,
);
export const iconOffline = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke(
    'M3 3l14 14M5.6 9.7a7 7 0 0 1 2.2-1.3m3.4-.4a7 7 0 0 1 3.2 1.7M7.9 12.4a3.7 3.7 0 0 1 3-.9M2.9 7.2a11 11 0 0 1 2-1.4m3.3-1.2a11 11 0 0 1 8.9 2.6M10 15.2v.1',
  ),
);
export const iconFile = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke(
    'M6 2.8h5.4L15 6.4v9.3a1.5 1.5 0 0 1-1.5 1.5h-7.5A1.5 1.5 0 0 1 4.5 15.7V4.3A1.5 1.5 0 0 1 6 2.8Zm5.2.2v3.6h3.6',
  ),
);
export const iconImage = /* @__PURE__ */ icon(
  () =>
    svg`<rect x="3" y="4" width="14" height="12" rx="2"></rect><circle cx="7.3" cy="8" r="1.3"></circle><path d="m3.6 14.3 3.8-3.6 2.7 2.4 2.7-2.9 3.7 3.6"></path>`,
);
export const iconMic = /* @__PURE__ */ icon(
  () =>
    svg`<rect x="7.6" y="3" width="4.8" height="8.4" rx="2.4"></rect><path d="M5 9.6a5 5 0 0 0 10 0M10 14.6V17"></path>`,
);
export const iconVideo = /* @__PURE__ */ icon(
  () => svg`<rect x="2.8" y="5.2" width="10" height="9.6" rx="2"></rect><path d="m12.8 9 4.4-2.4v6.8L12.8 11"></path>`,
);
export const iconPlay = /* @__PURE__ */ icon(() => svg`<path d="M6.8 4.6v10.8l8.6-5.4Z" fill="currentColor"></path>`);
export const iconPause = /* @__PURE__ */ icon(() => svg`<path d="M7 5v10M13 5v10" stroke-width="2.6"></path>`);
export const iconDownload = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke('M10 3.6v8.6m0 0-3.4-3.4m3.4 3.4 3.4-3.4M4 15.8h12'),
);
export const iconEye = /* @__PURE__ */ icon(
  () =>
    svg`<path d="M2.6 10S5.2 5.2 10 5.2 17.4 10 17.4 10 14.8 14.8 10 14.8 2.6 10 2.6 10Z"></path><circle cx="10" cy="10" r="2.2"></circle>`,
);
export const iconEyeOff = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke(
    'M3.4 3.4 16.6 16.6M8 5.5c.6-.2 1.3-.3 2-.3 4.8 0 7.4 4.8 7.4 4.8s-.7 1.3-2.1 2.6M5 6.8C3.4 8.2 2.6 10 2.6 10S5.2 14.8 10 14.8c1.2 0 2.2-.3 3.1-.7M8.5 8.4a2.2 2.2 0 0 0 3 3.2',
  ),
);
export const iconEdit = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke('m12.4 4.6 3 3-8.2 8.2-3.7.7.7-3.7 8.2-8.2Zm-1.5 1.5 3 3'),
);
export const iconRetry = /* @__PURE__ */ icon(/* @__PURE__ */ stroke('M15.8 8.2A6 6 0 1 0 16 11m0-6.5v3.8h-3.8'));
export const iconTemplate = /* @__PURE__ */ icon(
  () =>
    svg`<rect x="3.4" y="3.6" width="13.2" height="12.8" rx="2.4"></rect><path d="M6.6 7.6h6.8M6.6 10.6h4.2m2 3.1h.6"></path>`,
);
export const iconHistory = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke('M4 10a6 6 0 1 1 1.9 4.4M4 10l-1.6-1.7M4 10l1.9-1.5M10 6.8V10l2.3 1.5'),
);
/** The handset in a bubble that people know a WhatsApp conversation by, drawn small. */
export const iconWhatsApp = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke(
    'M6.3 4.2c-1.3.9-1.6 2.5-.9 4.2 1.3 3.1 3.6 5.3 6.6 6.3 1.7.6 3.2.1 3.9-1.2l-2.9-2.1-1.5 1.2c-1.5-.7-2.7-1.9-3.3-3.3l1.1-1.6-1.7-3.1c-.4-.5-.9-.6-1.3-.4Z',
  ),
);
export const iconGlobe = /* @__PURE__ */ icon(
  () =>
    svg`<circle cx="10" cy="10" r="6.8"></circle><path d="M3.4 10h13.2M10 3.2c4 4.2 4 9.4 0 13.6-4-4.2-4-9.4 0-13.6Z"></path>`,
);
/** One tick, two ticks, a clock, a warning: drawn on a wide grid, since they sit in a line of text. */
export const tickOne = /* @__PURE__ */ stroke('m3 10.6 3.6 3.7L14 6.2');
export const tickTwo = /* @__PURE__ */ stroke('m1.6 10.6 3.4 3.7L12 6.2m-3.2 7.4.7.7L17 6.2');
