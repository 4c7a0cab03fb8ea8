/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import type { ProsaClient } from '@prosa/core';
import { disconnectAll, mountThread, type Mounted } from '../testing/mount.ts';
import { messageOf } from '../testing/records.ts';

const reads = ({ gateway }: Mounted) => gateway.calls.filter(({ name }) => name === 'conversations.read').length;
const connected = (client: ProsaClient) => client.connection.current.state === 'connected';

/** The window lost the focus, or got it back; pages in tests have it always. */
function focus(has: boolean): void {
  Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => has });
  window.dispatchEvent(new Event(has ? 'focus' : 'blur'));
}

async function opened(): Promise<Mounted> {
  const mounted = await mountThread('main');
  await mounted.until(() => connected(mounted.client), 'there is no connection');
  return mounted;
}

function arrives({ desk, ids }: Mounted, text: string): void {
  desk.add(messageOf(ids['main'] ?? '', text));
}

describe('who is there, in <prosa-inbox>', () => {
  beforeEach(() => {
    focus(true);
  });
  afterEach(() => {
    disconnectAll();
    Reflect.deleteProperty(document, 'hasFocus');
  });

  it('tells once that what arrived was read', async () => {
    const mounted = await opened();
    const before = reads(mounted);
    arrives(mounted, 'Você está aí?');
    await mounted.until(() => reads(mounted) === before + 1);
    await mounted.until(() => mounted.desk.conversation(mounted.ids['main'] ?? '')?.unreadCount === 0);
  });

  it('has read nothing in a window without the focus, and all of it when the focus is back', async () => {
    const mounted = await opened();
    focus(false);
    const before = reads(mounted);
    arrives(mounted, 'Primeira');
    arrives(mounted, 'Segunda');
    await mounted.until(() => mounted.one('.log').textContent.includes('Segunda'));
    expect(reads(mounted)).to.equal(before);
    expect(mounted.desk.conversation(mounted.ids['main'] ?? '')?.unreadCount).to.be.greaterThan(1);
    focus(true);
    await mounted.until(() => reads(mounted) === before + 1);
  });

  it('tells again what the gateway could not take', async () => {
    const mounted = await opened();
    const before = reads(mounted);
    mounted.gateway.fail('conversations.read', 'unavailable', {}, 9);
    arrives(mounted, 'Você está aí?');
    await mounted.until(() => reads(mounted) > before);
    mounted.gateway.fail('conversations.read', 'unavailable', {}, 0);
    await mounted.until(() => mounted.desk.conversation(mounted.ids['main'] ?? '')?.unreadCount === 0);
  });

  it('shows that the customer types, until the message is here', async () => {
    const mounted = await opened();
    const conversationId = mounted.ids['main'] ?? '';
    const author = { kind: 'customer', name: 'Marina' } as const;
    const typing = (change: object) =>
      mounted.gateway.events.signal('typing.changed', {
        conversationId,
        author,
        typing: true,
        expiresInMs: 60_000,
        ...change,
      });
    typing({ author: { kind: 'agent', name: 'Bruno' } });
    typing({});
    await mounted.until(() => mounted.root.querySelector('.typing'));
    arrives(mounted, 'Pronto');
    await mounted.until(() => !mounted.root.querySelector('.typing'), 'a message ends it');
    typing({ expiresInMs: 60 });
    await mounted.until(() => mounted.root.querySelector('.typing'));
    await mounted.until(() => !mounted.root.querySelector('.typing'), 'it ends by itself');
  });

  it('does not show in one conversation who types in another', async () => {
    const mounted = await opened();
    const author = { kind: 'customer', name: 'João' } as const;
    const conversationId = mounted.ids['failed'] ?? '';
    mounted.gateway.events.signal('typing.changed', { conversationId, author, typing: true, expiresInMs: 60_000 });
    arrives(mounted, 'Depois');
    await mounted.until(() => mounted.one('.log').textContent.includes('Depois'));
    expect(mounted.root.querySelector('.typing')).to.equal(null);
  });
});
