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
  page.addEventListener?.('online', onWake);
  page.addEventListener?.('pageshow', onWake);
  page.addEventListener?.('offline', onNoNetwork);
  document?.addEventListener('visibilitychange', onVisible);
  return () => {
    page.removeEventListener?.('online', onWake);
    page.removeEventListener?.('pageshow', onWake);
    page.removeEventListener?.('offline', onNoNetwork);
    document?.removeEventListener('visibilitychange', onVisible);
  };
}

/** The browser is sure that there is no network. */
export function hasNoNetwork(): boolean {
  return (globalThis as Page).navigator?.onLine === false;
}
