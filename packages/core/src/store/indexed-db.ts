import type { OutboxStorage, OutboxTable, StoredMessage } from './outbox-storage.ts';

const storeName = 'messages';
/** Raised when rows change shape; what an older version wrote must still be readable. */
const version = 1;

/** The browser's storage, or `null` where there is none. */
export function indexedDbStorage(): OutboxStorage | null {
  const { indexedDB } = globalThis as { indexedDB?: IDBFactory };
  return indexedDB ? { open: async (owner) => tableOf(await openDatabase(indexedDB, owner)) } : null;
}

function tableOf(database: IDBDatabase): OutboxTable {
  const close = () => {
    database.close();
  };
  // Another tab upgrades or deletes it: do not stand in its way.
  database.onversionchange = close;

  /** Resolves when the transaction is done, not when the request is: only then is it kept. */
  function run<T>(mode: IDBTransactionMode, ask: (rows: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(storeName, mode);
      const request = ask(transaction.objectStore(storeName));
      transaction.oncomplete = () => {
        resolve(request.result);
      };
      transaction.onabort = () => {
        reject(transaction.error as Error);
      };
    });
  }

  return {
    all: () => run('readonly', (rows) => rows.getAll() as IDBRequest<StoredMessage[]>),
    has: async (clientId) => (await run('readonly', (rows) => rows.count(clientId))) > 0,
    put: async (message) => void (await run('readwrite', (rows) => rows.put(message))),
    delete: (clientId) => run('readwrite', (rows) => rows.delete(clientId)),
    close,
  };
}

function openDatabase(factory: IDBFactory, owner: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(`prosa-outbox ${owner}`, version);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(storeName, { keyPath: 'clientId' satisfies keyof StoredMessage });
    };
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error as Error);
    };
  });
}
