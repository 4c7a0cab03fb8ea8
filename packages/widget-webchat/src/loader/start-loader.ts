import type { ProsaWebchat } from '../webchat/prosa-webchat.ts';
import type { ProsaPageApi } from './page-api.ts';

/**
 * Puts `Prosa` on the page at once and the webchat into it as soon as the page is there.
 * @param script the element of the loader: its address is the gateway's, its `data-*` are the settings
 * @param load brings the element's definition
 */
export function startLoader(script: Element | null, load: () => Promise<unknown>): void {
  if (globalThis.Prosa) {
    console.warn('unable to load the webchat twice; the page has its script already');
    return;
  }
  const { src, dataset } = (script ?? {}) as Partial<HTMLScriptElement>;
  const key = dataset?.['key'];
  if (!src || !key) {
    console.error('unable to load the webchat; its script needs data-key="wck_…" and a src of the gateway');
    return;
  }
  const element = new Promise<ProsaWebchat>((resolve, reject) => {
    const place = () => {
      load().then(() => {
        const webchat = document.createElement('prosa-webchat') as ProsaWebchat;
        webchat.baseUrl = dataset['gateway'] ?? new URL('.', src).href;
        webchat.webchatKey = key;
        for (const name of ['lang', 'theme']) if (dataset[name]) webchat.setAttribute(name, dataset[name]);
        resolve(webchat);
        document.body.append(webchat);
      }, reject);
    };
    if (document.body) place();
    else document.addEventListener('DOMContentLoaded', place, { once: true });
  });
  element.catch((error: unknown) => {
    console.error('unable to load the webchat;', error);
  });
  globalThis.Prosa = pageApi(element);
}

/** In the order of the calls, also of those made before the element was there. */
function pageApi(element: Promise<ProsaWebchat>): ProsaPageApi {
  // The page was told once that the webchat cannot be loaded.
  const use = (act: (webchat: ProsaWebchat) => void) => void element.then(act, () => undefined);
  return {
    open: () => {
      use((webchat) => {
        webchat.openPanel();
      });
    },
    close: () => {
      use((webchat) => {
        webchat.closePanel();
      });
    },
    toggle: () => {
      use((webchat) => {
        webchat.toggle();
      });
    },
    show: () => {
      use((webchat) => {
        webchat.show();
      });
    },
    hide: () => {
      use((webchat) => {
        webchat.hide();
      });
    },
    setUser: (identity) => element.then((webchat) => webchat.setUser(identity)),
    logout: () => element.then((webchat) => webchat.logout()),
    on(name, listener) {
      let stop: (() => void) | null = null;
      let isOver = false;
      use((webchat) => {
        if (!isOver) stop = webchat.on(name, listener);
      });
      return () => {
        isOver = true;
        stop?.();
      };
    },
  };
}
