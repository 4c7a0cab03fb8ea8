import { expect } from '@open-wc/testing';
import { Activity, createElement } from 'react';
import { Inbox, ProsaProvider, useConversations } from '@prosa/react';
import { closeDesks, openDesk, serve } from './desk.ts';
import { closePages, openPage, until } from './page.ts';

/** What React 19 has and React 18 has not: parts of a page that are hidden for a while. */
export function describeHidden(): void {
  describe('in a hidden part of the page', () => {
    afterEach(() => {
      closePages();
      closeDesks();
    });

    it('a provider ends its client, and has another when it is shown again', async () => {
      const { gateway } = await openDesk();
      serve({ 'own.invalid': gateway });
      let rows = 0;
      let status = '';
      const List = () => {
        const list = useConversations({ tab: 'all' });
        rows = list.data.length;
        status = list.status;
        return null;
      };
      const provider = createElement(
        ProsaProvider,
        { baseUrl: 'http://own.invalid', token: () => 'made-up' },
        createElement(Inbox),
        createElement(List),
      );
      const tree = (mode: 'visible' | 'hidden') => createElement(Activity, { mode, children: provider });
      const page = openPage(tree('visible'));
      await until(() => rows > 0 && gateway.events.readerCount === 1);
      const inbox = page.container.querySelector('prosa-inbox');
      const before = inbox?.client;
      page.render(tree('hidden'));
      await until(() => gateway.events.readerCount === 0);
      page.render(tree('visible'));
      await until(() => gateway.events.readerCount === 1 && status === 'ready');
      expect(page.container.querySelector('prosa-inbox')).to.equal(inbox);
      expect(inbox?.client).to.not.equal(before);
      await until(() => inbox?.shadowRoot?.querySelector('.row[data-id]'));
    });
  });
}
