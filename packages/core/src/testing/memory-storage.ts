import type { OutboxStorage, OutboxTable, StoredMessage } from '../store/outbox-storage.ts';

/** Storage that outlives a client, as the browser's does, and that fails when it is told to. */
export class MemoryStorage implements OutboxStorage {
  readonly tables = new Map<string, Map<string, StoredMessage>>();
  failure: 'open' | 'use' | 'hang' | null = null;

  open(owner: string): Promise<OutboxTable> {
    if (this.failure === 'open') return Promise.reject(new Error('no storage here'));
    const rows = this.tables.get(owner) ?? new Map<string, StoredMessage>();
    this.tables.set(owner, rows);
    const use = <T>(work: () => T): Promise<T> => {
      if (this.failure === 'hang') return new Promise(() => undefined);
      return this.failure === 'use' ? Promise.reject(new Error('quota')) : Promise.resolve(structuredClone(work()));
    };
    return Promise.resolve({
      all: () => use(() => [...rows.values()]),
      has: (clientId: string) => use(() => rows.has(clientId)),
      put: (message: StoredMessage) => use(() => void rows.set(message.clientId, structuredClone(message))),
      delete: (clientId: string) => use(() => void rows.delete(clientId)),
      close: () => undefined,
    });
  }

  erase(owner: string): Promise<void> {
    this.tables.delete(owner);
    return Promise.resolve();
  }

  get rows(): StoredMessage[] {
    return [...this.tables.values()].flatMap((rows) => [...rows.values()]);
  }
}
