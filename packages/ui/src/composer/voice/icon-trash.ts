import { icon, stroke } from '../../icons/icon.ts';

// Beside the recorder, which is loaded late: the other icons are there from the start.
export const iconTrash = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke('M4.4 6h11.2M8 6V4.2h4V6M5.9 6l.7 10.2h6.8L14.1 6M8.6 9v4.2m2.8-4.2v4.2'),
);
