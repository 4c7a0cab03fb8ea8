import type { OutboxStorage, OutboxTable, StoredMessage } from './outbox-storage.ts';

const storeName = 'messages';
const keyPath = 'clientId';
/** Raised when rows change shape; what an older version wrote must still be readable. */
const version = 1;

/** The browser's storage, or `null` where there is none. */
export function indexedDbStorage(): OutboxStorage | null {
  const { indexedDB } = globalThis as { indexedDB?: IDBFactory };
  return indexedDB ? { open: async (owner) => new IndexedDbTable(await openDatabase(indexedDB, owner)) } : null;
}

class IndexedDbTable implements OutboxTable {
  readonly #database: IDBDatabase;

  constructor(database: IDBDatabase) {
    this.#database = database;
    // Another tab upgrades or deletes it: do not stand in its way.
    database.onversionchange = () => {
      database.close();
    };
  }

  all(): Promise<readonly StoredMessage[]> {
    return this.#run('readonly', (rows) => rows.getAll() as IDBRequest<StoredMessage[]>);
  }

  async has(clientId: string): Promise<boolean> {
    return (await this.#run('readonly', (rows) => rows.count(clientId))) > 0;
  }

  async put(message: StoredMessage): Promise<void> {
    await this.#run('readwrite', (rows) => rows.put(message));
  }

  async delete(clientId: string): Promise<void> {
    await this.#run('readwrite', (rows) => rows.delete(clientId));
  }

  close(): void {
    this.#database.close();
  }

  /** Resolves when the transaction is done, not when the request is: only then is it kept. */
  #run<T>(mode: IDBTransactionMode, ask: (rows: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(storeName, mode);
      const request = ask(transaction.objectStore(storeName));
      transaction.oncomplete = () => {
        resolve(request.result);
      };
      const fail = () => {
        reject(transaction.error ?? new Error('unable to use IndexedDB; the transaction was aborted'));
      };
      transaction.onerror = fail;
      transaction.onabort = fail;
    });
  }
}

function openDatabase(factory: IDBFactory, owner: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(`prosa-outbox ${owner}`, version);
    request.onupgradeneeded = () => {
      const { result } = request;
      if (!result.objectStoreNames.contains(storeName)) result.createObjectStore(storeName, { keyPath });
    };
    request.onsuccess = () => {
      resolve(request.result);
    };
    const fail = () => {
      reject(request.error ?? new Error('unable to open IndexedDB; it is blocked'));
    };
    request.onerror = fail;
    request.onblocked = fail;
  });
}
