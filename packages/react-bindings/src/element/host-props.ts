import type { HTMLAttributes } from 'react';

/**
 * What a component passes on to its element as it is: `id`, `className`, `style`, `lang`, `slot`, `aria-…`, `data-…`,
 * `children`. React's own `onError` and the like give way to the element's events of that name.
 */
export type HostProps<Host extends HTMLElement, Own> = Omit<HTMLAttributes<Host>, keyof Own>;
