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
  return indexedDbStorage().open(owner);
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

describe('a file', () => {
  it('comes back as it was', async () => {
    const owner = `owner ${Math.random()}`;
    const file = new File(['conteúdo'], 'contrato.pdf', { type: 'application/pdf' });
    const first = await open(owner);
    await first.put({ ...messageOf('one'), message: { type: 'document', file, caption: 'Contrato' } });
    first.close();
    const [row] = await (await open(owner)).all();
    const kept = row && 'file' in row.message ? (row.message.file as File) : null;
    assert.deepEqual([kept?.name, kept?.type, await kept?.text()], [file.name, file.type, 'conteúdo']);
  });
});

describe('erasing', () => {
  const names = async () => (await indexedDB.databases()).map(({ name }) => name);

  it('leaves nothing of its owner, and everything of others', async () => {
    const owner = `owner ${Math.random()}`;
    const table = await open(owner);
    await table.put(messageOf('one'));
    const other = await open(`${owner} other`);
    await other.put(messageOf('two'));
    await indexedDbStorage().erase(owner);
    assert.notInclude(await names(), `prosa-outbox ${owner}`);
    assert.lengthOf(await other.all(), 1);
  });

  it('leaves nothing to be read when a page does not let go of the database', async () => {
    const owner = `owner ${Math.random()}`;
    const table = await open(owner);
    await table.put(messageOf('one'));
    // As a page that hangs: it does not close when it is asked to.
    const stubborn = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(`prosa-outbox ${owner}`);
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = reject;
    });
    await indexedDbStorage().erase(owner);
    const count = await new Promise<number>((resolve) => {
      const request = stubborn.transaction('messages').objectStore('messages').count();
      request.onsuccess = () => {
        resolve(request.result);
      };
    });
    assert.equal(count, 0);
    stubborn.close();
  });

  it('takes what was never there', async () => {
    await indexedDbStorage().erase(`owner ${Math.random()}`);
  });
});

describe('a database of a newer version', () => {
  it('is refused, and left as it is', async () => {
    const owner = `owner ${Math.random()}`;
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open(`prosa-outbox ${owner}`, 7);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('elsewhere');
      };
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
      request.onerror = reject;
    });
    let failure: unknown;
    await open(owner).catch((error: unknown) => (failure = error));
    assert.equal((failure as DOMException).name, 'VersionError');
    const [found] = (await indexedDB.databases()).filter(({ name }) => name === `prosa-outbox ${owner}`);
    assert.equal(found?.version, 7);
  });
});
