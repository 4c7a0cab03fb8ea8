import { svg } from 'lit';
import { icon, stroke } from '../../icons/icon.ts';

export const iconReply = icon(stroke('M8 5.2 3.6 9.6 8 14M4 9.6h6.6c3.3 0 5.4 1.7 5.9 5.2'));
export const iconSmile = icon(
  () =>
    svg`<circle cx="10" cy="10" r="7"></circle><path d="M6.9 11.6c.6 1.3 1.7 2 3.1 2s2.5-.7 3.1-2M7.6 7.8v.1M12.4 7.8v.1"></path>`,
);
export const iconPin = icon(
  () =>
    svg`<path d="M10 17.2c3.5-3.6 5.3-6.4 5.3-8.8a5.3 5.3 0 0 0-10.6 0c0 2.4 1.8 5.2 5.3 8.8Z"></path><circle cx="10" cy="8.4" r="1.9"></circle>`,
);
export const iconForward = icon(stroke('m12 5.2 4.4 4.4L12 14M16 9.6H9.4c-3.3 0-5.4 1.7-5.9 5.2'));
export const iconPhone = icon(
  () => svg`<rect x="6" y="2.8" width="8" height="14.4" rx="2"></rect><path d="M9.3 14.6h1.4"></path>`,
);
export const iconBin = icon(
  stroke(
    'M4.4 5.8h11.2M8 5.6V4.2c0-.5.4-.8.8-.8h2.4c.4 0 .8.3.8.8v1.4M6 5.8l.6 9.4c0 .8.7 1.4 1.5 1.4h3.8c.8 0 1.5-.6 1.5-1.4l.6-9.4',
  ),
);
export const iconBag = icon(
  stroke('M4.8 7h10.4l.7 8.2c.1.9-.6 1.6-1.5 1.6H5.6c-.9 0-1.6-.7-1.5-1.6L4.8 7Zm2.5 1.8V6.2a2.7 2.7 0 0 1 5.4 0v2.6'),
);
export const iconForm = icon(
  () =>
    svg`<rect x="4.2" y="3.4" width="11.6" height="13.2" rx="2"></rect><path d="m7 7.4.8.8 1.5-1.6M11 7.4h2.2M7 12l.8.8 1.5-1.6M11 12h2.2"></path>`,
);
export const iconList = icon(stroke('M7.6 5.8h8.2M7.6 10h8.2M7.6 14.2h8.2M4.2 5.8h.1M4.2 10h.1M4.2 14.2h.1'));
export const iconOut = icon(
  stroke(
    'M8.2 5H6a1.8 1.8 0 0 0-1.8 1.8V14c0 1 .8 1.8 1.8 1.8h7.2c1 0 1.8-.8 1.8-1.8v-2.2M11.6 4.2h4.2v4.2M15.6 4.4 9.2 10.8',
  ),
);
export const iconMegaphone = icon(
  stroke('M4.2 8.4v3.2c0 .5.4.9.9.9h2L14 16V4L7.1 7.5h-2c-.5 0-.9.4-.9.9ZM7.6 12.6l.8 3.6M16.2 8.4c.5.9.5 2.3 0 3.2'),
);
