import { useEffect, useLayoutEffect } from 'react';

/** Rendering to a string: no page, and no effects. */
export const isServer = typeof document === 'undefined';

/** Runs with the commit, before anything is painted. On a server React 18 would complain of a layout effect. */
export const useCommitEffect = isServer ? useEffect : useLayoutEffect;
