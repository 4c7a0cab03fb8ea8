import type { OutboxStorage, OutboxTable, StoredMessage } from './outbox-storage.ts';

const storeName = 'messages';
/** Of the database, not of its rows: an older version of the client could not open a higher one. */
const version = 1;

const nameOf = (owner: string) => `prosa-outbox ${owner}`;

/** The browser's storage. */
export function indexedDbStorage(factory = globalThis.indexedDB): OutboxStorage {
  return { open: (owner) => openTable(factory, owner), erase: (owner) => eraseTable(factory, owner) };
}

async function openTable(factory: IDBFactory, owner: string): Promise<OutboxTable> {
  const database = await openDatabase(factory, owner);
  const close = () => {
    database.close();
  };
  // Another tab upgrades or deletes it: do not stand in its way.
  database.onversionchange = close;
  return {
    all: () => run(database, 'readonly', (rows) => rows.getAll() as IDBRequest<StoredMessage[]>),
    has: async (clientId) => (await run(database, 'readonly', (rows) => rows.count(clientId))) > 0,
    put: async (message) => void (await run(database, 'readwrite', (rows) => rows.put(message))),
    delete: (clientId) => run(database, 'readwrite', (rows) => rows.delete(clientId)),
    close,
  };
}

async function eraseTable(factory: IDBFactory, owner: string): Promise<void> {
  const database = await openDatabase(factory, owner);
  // First the rows: a tab that is frozen holds the database open, and would keep them readable for as long.
  await run(database, 'readwrite', (rows) => rows.clear());
  database.close();
  await new Promise<void>((resolve, reject) => {
    const request = factory.deleteDatabase(nameOf(owner));
    request.onsuccess = request.onblocked = () => {
      resolve();
    };
    request.onerror = () => {
      reject(request.error as Error);
    };
  });
}

/** Resolves when the transaction is done, not when the request is: only then is it kept. */
function run<T>(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  ask: (rows: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
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

function openDatabase(factory: IDBFactory, owner: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(nameOf(owner), version);
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
