import { icon, stroke } from '../../icons/icon.ts';

// Beside the recorder, which is loaded late: the other icons are there from the start.
export const iconTrash = /* @__PURE__ */ icon(
  /* @__PURE__ */ stroke(
    'M4.400 6h11.200M8 6V4.200h4V6M5.900 6l.700 10.200h6.800L14.100 6M8.600 9v4.200m2.800-4.200v4.200',
  ),
);
