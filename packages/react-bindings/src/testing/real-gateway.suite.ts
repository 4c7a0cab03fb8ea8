import { expect } from '@open-wc/testing';
import { createClient } from '@prosa/core';
import { createTestGateway, type TestGateway } from '@prosa/gateway/testing';
import type { ProsaInbox } from '@prosa/widget-inbox';
import { createElement } from 'react';
import { Inbox, ProsaProvider } from '@prosa/react';
import { useConversationCounts, useConversations } from '@prosa/react/hooks';
import { closePages, openPage, until } from './page.ts';

const marina = { from: '+55 83 9 9914-2210', name: 'Marina Souza' };

/** What a CRM in React shows beside the inbox. */
function Waiting() {
  const { data } = useConversations({ tab: 'waiting' });
  const counts = useConversationCounts();
  return createElement(
    'p',
    { className: 'waiting' },
    `${counts.data?.waiting ?? 0}: ${data.map(({ contact }) => contact.name).join(', ')}`,
  );
}

export function describeRealGateway(): void {
  describe('on the real gateway', () => {
    let gateway: TestGateway;
    const ends: (() => void)[] = [];

    beforeEach(async () => {
      gateway = await createTestGateway();
    });

    afterEach(async () => {
      closePages();
      for (const end of ends.splice(0)) end();
      await gateway.close();
    });

    async function connect(name: string) {
      const { token } = await gateway.createAgent({ name });
      const client = createClient({ baseUrl: gateway.baseUrl, token, fetch: gateway.fetch, storage: null });
      ends.push(() => {
        client.destroy();
      });
      return client;
    }

    it('show a customer who writes, and no longer once a colleague has taken them', async () => {
      const client = await connect('Ana Prado');
      const page = openPage(
        createElement(ProsaProvider, {
          client,
          children: [createElement(Waiting, { key: 'waiting' }), createElement(Inbox, { key: 'inbox' })],
        }),
      );
      const text = () => page.container.querySelector('.waiting')?.textContent;
      await until(() => text() === '0: ');
      await gateway.customerSays('Meu pedido não chegou', marina);
      await until(() => text() === '1: Marina Souza');
      const inbox = page.container.querySelector<ProsaInbox>('prosa-inbox');
      const row = await until(() => inbox?.shadowRoot?.querySelector<HTMLElement>('.row[data-id]'));
      void expect(row.textContent).to.contain('Meu pedido não chegou');
      const bruno = await connect('Bruno Carvalho');
      await bruno.conversations.accept(String(row.dataset['id']));
      await until(() => text() === '0: ');
      await until(() => !inbox?.shadowRoot?.querySelector('.row[data-id]'));
    });
  });
}
