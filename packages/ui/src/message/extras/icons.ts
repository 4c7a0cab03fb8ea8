import { svg } from 'lit';
import { icon, stroke } from '../../icons/icon.ts';

export const iconReply = icon(stroke('M8 5.2 3.600 9.600 8 14M4 9.600h6.600c3.300 0 5.400 1.700 5.900 5.200'));
export const iconSmile = icon(
  () =>
    svg`<circle cx="10" cy="10" r="7"></circle><path d="M6.900 11.600c.6 1.300 1.700 2 3.100 2s2.500-.7 3.100-2M7.600 7.800v.1M12.400 7.800v.1"></path>`,
);
export const iconPin = icon(
  () =>
    svg`<path d="M10 17.200c3.500-3.600 5.300-6.400 5.300-8.800a5.300 5.300 0 0 0-10.600 0c0 2.400 1.800 5.200 5.300 8.800Z"></path><circle cx="10" cy="8.400" r="1.900"></circle>`,
);
export const iconForward = icon(stroke('m12 5.200 4.400 4.400L12 14M16 9.600H9.400c-3.300 0-5.400 1.700-5.900 5.200'));
export const iconPhone = icon(
  () => svg`<rect x="6" y="2.800" width="8" height="14.400" rx="2"></rect><path d="M9.300 14.600h1.400"></path>`,
);
export const iconBin = icon(
  stroke(
    'M4.400 5.800h11.200M8 5.600V4.200c0-.5.4-.8.8-.8h2.400c.4 0 .8.3.8.8v1.400M6 5.800l.6 9.400c0 .8.7 1.400 1.500 1.400h3.800c.8 0 1.500-.6 1.500-1.400l.6-9.400',
  ),
);
export const iconBag = icon(
  stroke(
    'M4.800 7h10.400l.7 8.200c.1.9-.6 1.600-1.500 1.600H5.600c-.9 0-1.600-.7-1.500-1.600L4.800 7Zm2.500 1.800V6.200a2.700 2.700 0 0 1 5.400 0v2.600',
  ),
);
export const iconForm = icon(
  () =>
    svg`<rect x="4.200" y="3.400" width="11.600" height="13.200" rx="2"></rect><path d="m7 7.400.8.8 1.500-1.600M11 7.400h2.200M7 12l.8.8 1.500-1.600M11 12h2.200"></path>`,
);
export const iconList = icon(
  stroke('M7.600 5.800h8.200M7.600 10h8.200M7.600 14.200h8.200M4.200 5.800h.1M4.200 10h.1M4.200 14.200h.1'),
);
export const iconOut = icon(
  stroke(
    'M8.200 5H6a1.800 1.800 0 0 0-1.800 1.800V14c0 1 .8 1.800 1.800 1.800h7.200c1 0 1.800-.8 1.800-1.800v-2.200M11.600 4.200h4.200v4.200M15.600 4.400 9.200 10.800',
  ),
);
export const iconMegaphone = icon(
  stroke(
    'M4.200 8.400v3.200c0 .5.4.9.9.9h2L14 16V4L7.100 7.500h-2c-.5 0-.9.4-.9.9ZM7.600 12.600l.8 3.600M16.200 8.400c.5.9.5 2.300 0 3.200',
  ),
);
