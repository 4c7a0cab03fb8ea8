import type { Unsubscribe } from '../client/prosa-client.ts';

export interface WakeListeners {
  /** The network came back, or somebody looks at the page again. */
  readonly onWake: () => void;
  readonly onNoNetwork: () => void;
}

interface Page extends Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>> {
  readonly document?: Document;
  readonly navigator?: { readonly onLine?: boolean };
}

/** Listens to what a browser says about network and page; does nothing where there is no browser. */
export function listenForWake({ onWake, onNoNetwork }: WakeListeners): Unsubscribe {
  const page = globalThis as Page;
  const { document } = page;
  const onVisible = () => {
    if (document?.visibilityState === 'visible') onWake();
  };
  const targets = [
    [page, 'online', onWake],
    [page, 'pageshow', onWake],
    [page, 'offline', onNoNetwork],
    [document, 'visibilitychange', onVisible],
  ] as const;
  for (const [target, name, listener] of targets) target?.addEventListener?.(name, listener);
  return () => {
    for (const [target, name, listener] of targets) target?.removeEventListener?.(name, listener);
  };
}

/** The browser is sure that there is no network. */
export function hasNoNetwork(): boolean {
  return (globalThis as Page).navigator?.onLine === false;
}
