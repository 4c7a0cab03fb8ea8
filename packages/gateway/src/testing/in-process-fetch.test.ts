import { expect, it } from 'vitest';
import { deferred } from './deferred.ts';
import { inProcessFetch } from './in-process-fetch.ts';

const baseUrl = 'http://gateway.test';

it('ends an answer that comes after its caller has given up: nothing keeps a test from ending', async () => {
  const answered = deferred<Response>();
  const fetch = inProcessFetch({ fetch: () => answered.promise }, { baseUrl, origin: 'http://crm.test' });
  const giveUp = new AbortController();
  const asked = fetch('/v1/events', { signal: giveUp.signal });
  giveUp.abort();
  await expect(asked).rejects.toThrow('aborted');
  const ended = deferred<string>();
  answered.resolve(new Response(new ReadableStream({ cancel: () => ended.resolve('ended') })));
  expect(await ended.promise).toBe('ended');
});
