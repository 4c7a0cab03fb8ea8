import type { OutboxStorage } from './outbox-storage.ts';

/** The browser's storage, or `null` where there is none. Its code is loaded when it is opened. */
export function indexedDbStorage(): OutboxStorage | null {
  const { indexedDB } = globalThis as { indexedDB?: IDBFactory };
  const load = () => import('./indexed-db-tables.ts');
  return indexedDB
    ? {
        open: async (owner) => (await load()).openTable(indexedDB, owner),
        erase: async (owner) => (await load()).eraseTable(indexedDB, owner),
      }
    : null;
}
