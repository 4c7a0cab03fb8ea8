/** Where a browser keeps what must survive a reload: `localStorage` in a page. */
export interface WebchatStorage {
  get(key: string): string | null;
  /** `null` removes it. */
  set(key: string, value: string | null): void;
}

/** Forgets with the page. */
export function memoryWebchatStorage(): WebchatStorage {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set(key, value) {
      if (value === null) values.delete(key);
      else values.set(key, value);
    },
  };
}

/** What was kept as JSON; `null` for nothing, and for what another version left that cannot be read. */
export function readKept<Value>(storage: WebchatStorage, key: string): Value | null {
  try {
    return JSON.parse(storage.get(key) ?? 'null') as Value | null;
  } catch {
    return null;
  }
}
