/// <reference types="mocha" />
import { assert } from '@open-wc/testing';
import { indexedDbStorage } from './indexed-db.ts';
import type { OutboxTable, StoredMessage } from './outbox-storage.ts';

const messageOf = (clientId: string): StoredMessage => ({
  clientId,
  conversationId: 'cnv_00000000000000000000000001',
  message: { type: 'text', text: 'Olá!', clientId },
  createdAt: 1,
  format: 2,
  attachmentId: null,
  sequence: 0,
  failure: null,
});

async function open(owner: string): Promise<OutboxTable> {
  const storage = indexedDbStorage();
  if (!storage) throw new Error('this browser has no IndexedDB');
  return storage.open(owner);
}

describe('indexedDbStorage', () => {
  it('keeps what was put, for the same owner only', async () => {
    const owner = `owner ${Math.random()}`;
    const first = await open(owner);
    await first.put(messageOf('one'));
    await first.put(messageOf('two'));
    await first.put({ ...messageOf('two'), createdAt: 2 });
    await first.delete('one');
    await first.delete('never there');
    first.close();

    const again = await open(owner);
    assert.deepEqual(await again.all(), [{ ...messageOf('two'), createdAt: 2 }]);
    assert.equal(await again.has('two'), true);
    assert.equal(await again.has('one'), false);
    const other = await open(`${owner} other`);
    assert.deepEqual(await other.all(), []);
  });

  it('takes frozen messages, as the outbox gives them', async () => {
    const table = await open(`owner ${Math.random()}`);
    await table.put(Object.freeze(messageOf('one')));
    assert.lengthOf(await table.all(), 1);
  });

  it('rejects, and does not throw, when it is closed or deleted under it', async () => {
    const owner = `owner ${Math.random()}`;
    const table = await open(owner);
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(`prosa-outbox ${owner}`);
      request.onsuccess = resolve;
      request.onerror = reject;
    });
    let failure: unknown;
    await table.put(messageOf('one')).catch((error: unknown) => (failure = error));
    assert.instanceOf(failure, Error);
  });

  it('rejects what cannot be kept', async () => {
    const table = await open(`owner ${Math.random()}`);
    let failure: unknown;
    const broken = { ...messageOf('one'), message: () => undefined } as unknown as StoredMessage;
    await table.put(broken).catch((error: unknown) => (failure = error));
    assert.instanceOf(failure, Error);
  });
});
