import { describe, expect, it } from 'vitest';
import { paths } from '../contract/paths.ts';
import { settle } from '../testing/manual-clock.ts';
import { conversationOf, idOf, messageOf } from '../testing/samples.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { json, pageOf } from '../testing/scripted-server.ts';

const total = 100_000;

describe('a conversation with a hundred thousand messages', () => {
  it('opens with one page, and goes back one page at a time', async () => {
    const { client, server } = scriptedClient();
    server.always(paths.conversations.get, () => json(conversationOf(1)));
    server.always(paths.messages.list, ({ query }) => {
      const newest = Number(query.get('cursor') ?? total);
      const limit = Number(query.get('limit'));
      const page = Array.from({ length: limit }, (_, index) => messageOf(newest - index));
      return pageOf(page, String(newest - limit));
    });
    const thread = client.live.thread(idOf('cnv', 1));
    thread.subscribe(() => undefined);
    await settle();
    await server.stream.hello('c0');
    expect(server.requestsTo(paths.messages.list)).toHaveLength(1);
    expect(thread.value.messages).toHaveLength(50);
    expect(thread.value.messages.at(-1)?.position).toBe(total);
    void thread.loadMore();
    await settle();
    expect(server.requestsTo(paths.messages.list)).toHaveLength(2);
    expect(thread.value.messages).toHaveLength(100);
  });
});
