import { memoryWebchatStorage, type WebchatStorage } from '@prosa/core/webchat';

/** The browser's own store, or memory where it may not be used: a page in a frame, a browser that blocks it. */
export function browserStorage(kind: 'localStorage' | 'sessionStorage'): WebchatStorage {
  const fallback = memoryWebchatStorage();
  return {
    get(key) {
      try {
        return globalThis[kind].getItem(key);
      } catch {
        return fallback.get(key);
      }
    },
    set(key, value) {
      try {
        if (value === null) globalThis[kind].removeItem(key);
        else globalThis[kind].setItem(key, value);
      } catch {
        fallback.set(key, value);
      }
    },
  };
}
