import { describe, expect, it } from 'vitest';
import { paths } from '../contract/paths.ts';
import { errorOf } from '../testing/error-of.ts';
import { settle } from '../testing/manual-clock.ts';
import { conversationOf, idOf } from '../testing/samples.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { pageOf, problem } from '../testing/scripted-server.ts';

describe('lists', () => {
  it('give the first page when awaited, and every item when iterated', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.conversations.list, ({ query }) =>
      query.get('cursor') === 'c2' ? pageOf([conversationOf(3)]) : pageOf([conversationOf(1), conversationOf(2)], 'c2'),
    );
    const list = client.conversations.list({ tab: 'waiting', limit: 2 });
    expect(server.requests).toHaveLength(0);
    expect((await list).nextCursor).toBe('c2');
    const ids: string[] = [];
    for await (const { id: each } of client.conversations.list({ tab: 'waiting', limit: 2 })) ids.push(each);
    expect(ids).toEqual([1, 2, 3].map((number) => idOf('cnv', number)));
    expect(server.requests.at(-1)?.query.toString()).toBe('tab=waiting&limit=2&cursor=c2');
  });

  it('are promises of their first page: what takes a promise takes them', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.conversations.list, () => pageOf([conversationOf(1)]));
    let ended = 0;
    const page = await client.conversations.list().finally(() => ended++);
    expect([page.data.length, ended]).toEqual([1, 1]);

    server.always(paths.conversations.list, () => problem('forbidden', 403));
    const refused = () => client.conversations.list();
    expect(await refused().catch((error: unknown) => error)).toMatchObject({ code: 'forbidden' });
    await expect(refused()).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('end as soon as their signal is aborted, also in the middle of a page', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.conversations.list, () => pageOf([conversationOf(1), conversationOf(2)], 'c2'));
    const giveUp = new AbortController();
    const ids: string[] = [];
    const reading = (async () => {
      for await (const { id: each } of client.conversations.list({}, { signal: giveUp.signal })) {
        ids.push(each);
        giveUp.abort();
      }
    })();
    expect(await errorOf(reading)).toMatchObject({ code: 'aborted', name: 'AbortedError' });
    expect(ids).toEqual([idOf('cnv', 1)]);
    expect(server.requests).toHaveLength(1);
  });

  it('end when their signal is aborted while a page is on its way, or before the first', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.conversations.list, () => new Promise(() => undefined));
    server.next(paths.conversations.list, () => pageOf([conversationOf(1)], 'c2'));
    const giveUp = new AbortController();
    const { signal } = giveUp;
    const items = client.conversations.list({}, { signal })[Symbol.asyncIterator]();
    await items.next();
    const second = errorOf(items.next());
    await settle();
    giveUp.abort();
    expect(await second).toMatchObject({ code: 'aborted' });
    expect(await errorOf(client.conversations.list({}, { signal }))).toMatchObject({ code: 'aborted' });
    expect(server.requests).toHaveLength(2);
  });

  it('ask for no more than was read', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.conversations.list, () => pageOf([conversationOf(1)], 'c2'));
    for await (const _ of client.conversations.list()) break;
    expect(server.requests).toHaveLength(1);
  });

  it('end when a server gives the same cursor for ever', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.conversations.list, () => pageOf([conversationOf(1)], 'same'));
    let count = 0;
    for await (const _ of client.conversations.list()) count++;
    expect(count).toBe(2);
  });
});
