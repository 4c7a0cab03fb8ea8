type Awaitable<Value> = Value | Promise<Value>;

/**
 * Where drafts survive a reload. Each owner has its own: what one agent did not send is not another's. Any method may
 * throw or reject; drafts then live as long as the page.
 */
export interface DraftStorage {
  /** What was kept, by conversation. */
  load(owner: string): Awaitable<Readonly<Record<string, string>>>;
  /** `null` removes it. */
  save(owner: string, conversationId: string, draft: string | null): Awaitable<void>;
  /** Removes all of that owner. */
  erase(owner: string): Awaitable<void>;
}

/** As `localStorage` and `sessionStorage` are. */
export type WebStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Forgets with the page. */
export function memoryDraftStorage(): DraftStorage {
  const owners = new Map<string, Map<string, string>>();
  return {
    load: (owner) => Object.fromEntries(owners.get(owner) ?? []),
    save(owner, conversationId, draft) {
      const drafts = owners.get(owner) ?? new Map<string, string>();
      owners.set(owner, drafts);
      if (draft === null) drafts.delete(conversationId);
      else drafts.set(conversationId, draft);
    },
    erase: (owner) => void owners.delete(owner),
  };
}

/**
 * In `localStorage`: written at once, so that not even the last word is lost with the tab.
 *
 * @example
 * const composers = createComposers(prosa, { storage: webDraftStorage(localStorage) });
 */
export function webDraftStorage(storage: WebStorage): DraftStorage {
  const prefixOf = (owner: string) => `prosa:draft:${encodeURIComponent(owner)}:`;
  function keysOf(owner: string): readonly string[] {
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
    return keys.filter((key) => key.startsWith(prefixOf(owner)));
  }
  return {
    load(owner) {
      const start = prefixOf(owner).length;
      return Object.fromEntries(keysOf(owner).map((key) => [key.slice(start), storage.getItem(key) ?? '']));
    },
    save(owner, conversationId, draft) {
      const key = prefixOf(owner) + conversationId;
      if (draft === null) storage.removeItem(key);
      else storage.setItem(key, draft);
    },
    erase(owner) {
      for (const key of keysOf(owner)) storage.removeItem(key);
    },
  };
}
