/// <reference types="mocha" />
import { assert } from '@open-wc/testing';
import { sendFile } from './send-file.ts';

/** An address of the test server that answers to GET: enough to see an answer come through. */
const here = location.href;
const body = new Blob(['x'.repeat(100_000)]);

describe('sendFile with XMLHttpRequest', () => {
  it('gives the answer as a response', async () => {
    const { signal } = new AbortController();
    const response = await sendFile(
      here,
      { method: 'GET', headers: { Accept: 'text/html' }, body, signal },
      () => undefined,
    );
    assert.equal(response.status, 200);
    assert.include(await response.text(), '<html');
  });

  it('tells how much has left', async () => {
    const { signal } = new AbortController();
    const seen: number[] = [];
    await sendFile(here, { method: 'POST', headers: {}, body, signal }, ({ loadedBytes, totalBytes }) => {
      seen.push(loadedBytes / totalBytes);
    });
    assert.equal(seen.at(-1), 1);
  });

  it('rejects when nothing answers', async () => {
    const { signal } = new AbortController();
    let failure: unknown;
    await sendFile('http://127.0.0.1:1/', { method: 'POST', headers: {}, body, signal }, () => undefined).catch(
      (error: unknown) => (failure = error),
    );
    assert.instanceOf(failure, TypeError);
  });
});
