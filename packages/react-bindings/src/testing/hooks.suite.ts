import { expect } from '@open-wc/testing';
import type { ProsaClient } from '@prosa/core';
import { createElement, type ReactNode } from 'react';
import {
  ProsaProvider,
  useConnection,
  useConversationCounts,
  useConversations,
  useMessages,
  useUnread,
  type ConversationsParams,
} from '@prosa/react/hooks';
import { scriptedClient } from '../../../core/src/testing/scripted-client.ts';
import { conversationOf } from '../../../core/src/testing/samples.ts';
import { pageOf, problem } from '../../../core/src/testing/scripted-server.ts';
import { closeDesks, messageOf, openDesk } from './desk.ts';
import { closePages, openPage, settled, until } from './page.ts';

/** A component that calls a hook and notes what it gave. */
function probe<Result>(hook: () => Result) {
  const results: Result[] = [];
  const Probe = () => {
    results.push(hook());
    return null;
  };
  return { Probe, results, now: () => results.at(-1) as Result };
}

const within = (client: ProsaClient, ...children: ReactNode[]) =>
  createElement(ProsaProvider, { client, children: createElement('div', null, ...children) });

export function describeHooks(): void {
  describe('hooks', () => {
    afterEach(() => {
      closePages();
      closeDesks();
    });

    it('list conversations, and follow events', async () => {
      const { client, gateway, idOf } = await openDesk();
      const list = probe(() => useConversations({ tab: 'all' }));
      openPage(within(client, createElement(list.Probe)));
      expect((await until(() => list.results[0])).status).to.equal('loading');
      await until(() => list.now().status === 'ready');
      const before = list.now().data;
      expect(Object.isFrozen(before)).to.equal(true);
      gateway.desk.change(idOf('failed'), { subject: 'Visita remarcada' });
      await until(() => list.now().data.some(({ subject }) => subject === 'Visita remarcada'));
      expect(list.now().data).to.have.length(before.length);
      const unchanged = (id: string) => list.now().data.find((row) => row.id === id);
      expect(unchanged(idOf('main'))).to.equal(before.find(({ id }) => id === idOf('main')));
    });

    it('take params by what they say, and give the same object while nothing changed', async () => {
      const { client, count } = await openDesk();
      const list = probe(() => useConversations({ tab: 'mine', queueId: undefined }));
      const page = openPage(within(client, createElement(list.Probe)));
      await until(() => list.now().status === 'ready');
      const ready = list.now();
      list.results.length = 0;
      for (let i = 0; i < 3; i++) page.render(within(client, createElement(list.Probe, null)));
      await until(() => list.results.length > 0);
      expect(new Set(list.results)).to.deep.equal(new Set([ready]));
      expect(count('conversations.list')).to.equal(1);
    });

    it('ask anew for other params, and show nothing of the ones before', async () => {
      const { client, count } = await openDesk();
      let params: ConversationsParams = { tab: 'mine' };
      const list = probe(() => ({ tab: params.tab, ...useConversations(params) }));
      const page = openPage(within(client, createElement(list.Probe)));
      await until(() => list.now().status === 'ready');
      params = { tab: 'waiting' };
      list.results.length = 0;
      page.render(within(client, createElement(list.Probe)));
      await until(() => list.results.length > 0 && list.now().status === 'ready');
      const [first] = list.results;
      expect(first?.status).to.equal('loading');
      expect(first?.data).to.deep.equal([]);
      expect(list.now().data.every(({ status }) => status === 'queued')).to.equal(true);
      expect(count('conversations.list')).to.equal(2);
    });

    it('of two components that ask the same make one request and give one answer', async () => {
      const { client, count, gateway, idOf } = await openDesk();
      const pairs: [unknown, unknown][] = [];
      const seen: unknown[] = [null, null];
      const one = probe(() => (seen[0] = useConversations({ tab: 'all', limit: 50 })));
      const two = probe(() => {
        seen[1] = useConversations({ limit: 50, queueId: undefined, tab: 'all' });
        pairs.push([seen[0], seen[1]]);
      });
      openPage(within(client, createElement(one.Probe), createElement(two.Probe)));
      await until(() => pairs.at(-1)?.[0] === seen[1] && (seen[1] as { status: string }).status === 'ready');
      gateway.desk.change(idOf('main'), { subject: 'Boleto' });
      await until(() => JSON.stringify(seen[1]).includes('Boleto'));
      expect(pairs.every(([first, second]) => first === second)).to.equal(true);
      expect(count('conversations.list')).to.equal(1);
    });

    it('load the next page when they are told to', async () => {
      const { client, server } = scriptedClient({ storage: null });
      server.always('GET /v1/conversations', () => pageOf([conversationOf(1)]));
      server.next('GET /v1/conversations', () => pageOf([conversationOf(3), conversationOf(2)], 'next'));
      const list = probe(() => useConversations());
      openPage(within(client, createElement(list.Probe)));
      await until(() => server.streams.length === 1);
      await server.stream.hello('c0');
      await until(() => list.now().status === 'ready');
      const { loadMore, refresh } = list.now();
      expect([list.now().hasMore, list.now().data.length]).to.deep.equal([true, 2]);
      loadMore();
      await until(() => list.now().data.length === 3 && !list.now().loadingMore);
      expect(list.now().hasMore).to.equal(false);
      expect(list.results.some(({ loadingMore }) => loadingMore)).to.equal(true);
      expect([list.now().loadMore, list.now().refresh]).to.deep.equal([loadMore, refresh]);
      client.destroy();
    });

    it('tell why the first load failed, and load when they are told to', async () => {
      const { client, server } = scriptedClient({ storage: null });
      server.always('GET /v1/conversations', () => pageOf([conversationOf(1)]));
      server.next('GET /v1/conversations', () => problem('forbidden', 403));
      const list = probe(() => useConversations());
      openPage(within(client, createElement(list.Probe)));
      await until(() => server.streams.length === 1);
      await server.stream.hello('c0');
      await until(() => list.now().status === 'error');
      expect(list.now().error).to.have.property('code', 'forbidden');
      list.now().refresh();
      await until(() => list.now().status === 'ready' && list.now().error === null);
      client.destroy();
    });

    it('close the stream some time after the last component left, not before', async () => {
      const { client, server, clock } = scriptedClient({ storage: null });
      server.always('GET /v1/conversations', () => pageOf([]));
      const list = probe(() => useConversations());
      const other = probe(() => useConversations());
      const page = openPage(within(client, createElement(list.Probe), createElement(other.Probe)));
      await until(() => server.streams.length === 1);
      await server.stream.hello('c0');
      await until(() => list.now().status === 'ready');
      page.render(within(client, createElement(list.Probe)));
      await settled();
      await clock.advance(10_000);
      expect(server.stream.isCancelled).to.equal(false);
      page.render(within(client));
      await settled();
      await clock.advance(10_000);
      expect(server.stream.request.signal?.aborted).to.equal(true);
      expect(client.connection.current.state).to.equal('idle');
      expect(server.streams).to.have.length(1);
      // What was forgotten is asked for again.
      const asked = server.requestsTo('GET /v1/conversations').length;
      page.render(within(client, createElement(other.Probe)));
      await until(() => server.streams.length === 2);
      expect(other.now().status).to.equal('loading');
      await server.stream.hello('c1');
      await until(() => server.requestsTo('GET /v1/conversations').length === asked + 1);
      client.destroy();
    });

    it('give a thread with what is still on its way', async () => {
      const { client, gateway, idOf } = await openDesk();
      const id = idOf('main');
      const thread = probe(() => useMessages(id));
      openPage(within(client, createElement(thread.Probe)));
      await until(() => thread.now().status === 'ready');
      expect(thread.now().data.conversation?.id).to.equal(id);
      const known = thread.now().data.messages.length;
      const release = gateway.hold('messages.send');
      const sending = client.messages.send(id, { type: 'text', text: 'Um instante' });
      await until(() => thread.now().data.pending.length === 1);
      release();
      await sending;
      await until(() => thread.now().data.pending.length === 0);
      expect(thread.now().data.messages).to.have.length(known + 1);
      gateway.desk.add(messageOf(id, 'Obrigada!'));
      await until(() => thread.now().data.messages.length === known + 2);
    });

    it('ask for no thread while no conversation is chosen', async () => {
      const { client, gateway, idOf } = await openDesk();
      let id: string | null = null;
      const thread = probe(() => useMessages(id));
      const page = openPage(within(client, createElement(thread.Probe)));
      await until(() => thread.results.length > 0);
      await settled();
      expect(thread.now().status).to.equal('idle');
      expect(gateway.calls).to.deep.equal([]);
      id = idOf('main');
      page.render(within(client, createElement(thread.Probe)));
      await until(() => thread.now().status === 'ready');
      id = null;
      page.render(within(client, createElement(thread.Probe)));
      await until(() => thread.now().status === 'idle');
      expect(thread.now().data.messages).to.deep.equal([]);
    });

    it('count what waits and what was not read, as events tell, with one request for both', async () => {
      const { client, gateway, idOf, count } = await openDesk();
      const counts = probe(() => useConversationCounts());
      const unread = probe(() => useUnread());
      openPage(within(client, createElement(counts.Probe), createElement(unread.Probe)));
      expect(await until(() => counts.results[0])).to.include({ data: null, status: 'loading' });
      expect(unread.results[0]).to.include({ data: 0, status: 'loading' });
      await until(() => unread.now().status === 'ready');
      const { data } = unread.now();
      expect(counts.now().data).to.deep.equal(gateway.desk.counts());
      expect(data).to.equal(gateway.desk.counts().unread).and.to.be.greaterThan(0);
      expect(count('conversations.counts')).to.equal(1);
      gateway.desk.change(idOf('main'), { unreadCount: 0 }, 'conversation.read');
      await until(() => unread.now().data === data - 1);
    });

    it('watch the connection without opening one', async () => {
      const { client, gateway } = await openDesk();
      const watch = probe(() => useConnection());
      openPage(within(client, createElement(watch.Probe)));
      await until(() => watch.results.length > 0);
      await settled();
      expect([watch.now().state, gateway.calls.length]).to.deep.equal(['idle', 0]);
      client.connection.connect();
      await until(() => watch.now().state === 'connected');
      gateway.goOffline();
      await until(() => watch.now().state === 'reconnecting' && watch.now().nextTryAt !== null);
      gateway.goOnline();
      watch.now().retry();
      await until(() => watch.now().state === 'connected');
    });

    it('go over to the other client when the provider has another', async () => {
      const here = await openDesk();
      const there = await openDesk();
      there.gateway.desk.conversations.clear();
      const list = probe(() => useConversations());
      const page = openPage(within(here.client, createElement(list.Probe)));
      await until(() => list.now().data.length > 0);
      page.render(within(there.client, createElement(list.Probe)));
      await until(() => list.now().status === 'ready' && list.now().data.length === 0);
      here.gateway.desk.conversations.clear();
      expect(there.count('conversations.list')).to.equal(1);
    });
  });
}
