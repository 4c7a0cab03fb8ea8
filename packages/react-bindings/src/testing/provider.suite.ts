import { expect } from '@open-wc/testing';
import type { ProsaClient, TokenOption } from '@prosa/core';
import type { ProsaInbox } from '@prosa/widget-inbox';
import { createElement, Fragment, type ReactNode } from 'react';
import { Inbox, ProsaProvider, useProsaClient } from '@prosa/react';
import { closeDesks, openDesk, serve } from './desk.ts';
import { closePages, openPage, settled, until } from './page.ts';

/** Tells which client it was given. */
function Probe({ onClient }: { readonly onClient: (client: ProsaClient) => void }): null {
  onClient(useProsaClient());
  return null;
}

/** What a component throws while it renders, kept from React, which would tell it to the whole page. */
function thrownBy(render: () => unknown): Promise<unknown> {
  const errors: unknown[] = [];
  const Throwing = () => {
    try {
      render();
    } catch (error) {
      errors.push(error);
    }
    return null;
  };
  openPage(createElement(Throwing));
  return until(() => errors[0]);
}

export function describeProvider(): void {
  describe('<ProsaProvider>', () => {
    afterEach(() => {
      closePages();
      closeDesks();
    });

    const owned = (host: string, token: TokenOption, ...children: ReactNode[]) =>
      createElement(ProsaProvider, { baseUrl: `http://${host}`, token }, ...children);

    it('opens one stream for all inside, and ends it when it leaves', async () => {
      const { gateway, count } = await openDesk();
      serve({ 'own.invalid': gateway });
      const tree = () => owned('own.invalid', () => 'made-up', createElement(Inbox), createElement(Inbox));
      const page = openPage(tree());
      const inboxes = await until(() => {
        const all = [...page.container.querySelectorAll('prosa-inbox')];
        return all.length === 2 && all.every((inbox) => inbox.shadowRoot?.querySelector('.row[data-id]')) ? all : null;
      });
      expect(inboxes[0]?.client).to.equal(inboxes[1]?.client);
      // Rows can be there before the stream is.
      await until(() => gateway.events.readerCount === 1);
      expect(count('events.stream')).to.equal(1);
      page.unmount();
      await until(() => gateway.events.readerCount === 0);
      const again = openPage(tree());
      await until(() => again.container.querySelector('prosa-inbox')?.shadowRoot?.querySelector('.row[data-id]'));
      await until(() => gateway.events.readerCount === 1);
      expect(count('events.stream')).to.equal(2);
    });

    it('keeps its client through renders, and asks the newest token function', async () => {
      const { gateway } = await openDesk();
      const { tokens } = serve({ 'own.invalid': gateway });
      const clients = new Set<ProsaClient>();
      let committed: ProsaClient | null = null;
      const Committed = () => {
        committed = useProsaClient();
        return createElement(Fragment, null, createElement(Probe, { onClient: (client) => clients.add(client) }));
      };
      const page = openPage(owned('own.invalid', () => 'old', createElement(Committed)));
      const first = await until(() => committed);
      clients.clear();
      page.render(owned('own.invalid', () => 'newest', createElement(Committed), 'done'));
      await until(() => page.container.textContent === 'done');
      expect([...clients]).to.deep.equal([first]);
      await first.queues.list();
      expect(tokens).to.deep.equal(['Bearer newest']);
    });

    it('makes another client for another address, and ends the one before', async () => {
      const here = await openDesk();
      const there = await openDesk();
      serve({ 'here.invalid': here.gateway, 'there.invalid': there.gateway });
      const page = openPage(owned('here.invalid', 'made-up', createElement(Inbox)));
      await until(() => here.gateway.events.readerCount === 1);
      const inbox = page.container.querySelector('prosa-inbox') as ProsaInbox;
      page.render(owned('there.invalid', 'made-up', createElement(Inbox)));
      await until(() => here.gateway.events.readerCount === 0 && there.gateway.events.readerCount === 1);
      expect(page.container.querySelector('prosa-inbox')).to.equal(inbox);
    });

    it('never ends a client that the page made', async () => {
      const { gateway, client } = await openDesk();
      const stop = client.on('message.created', () => undefined);
      const page = openPage(createElement(ProsaProvider, { client }, createElement(Inbox)));
      await until(() => page.container.querySelector('prosa-inbox')?.shadowRoot?.querySelector('.row[data-id]'));
      page.unmount();
      await settled();
      expect(client.connection.current.state).to.equal('connected');
      expect(gateway.events.readerCount).to.equal(1);
      stop();
    });

    it('stands beside another, and inside another', async () => {
      const outer = await openDesk();
      const inner = await openDesk();
      const other = await openDesk();
      const seen: Record<string, ProsaClient> = {};
      const probe = (name: string) => createElement(Probe, { onClient: (client) => (seen[name] = client) });
      openPage([
        createElement(
          ProsaProvider,
          { key: 1, client: outer.client },
          probe('outer'),
          createElement(ProsaProvider, { client: inner.client }, probe('inner')),
        ),
        createElement(ProsaProvider, { key: 2, client: other.client }, probe('other')),
      ]);
      await until(() => Object.keys(seen).length === 3);
      expect(seen).to.deep.equal({ outer: outer.client, inner: inner.client, other: other.client });
    });

    it('is missed with an error that names it', async () => {
      expect(String(await thrownBy(() => useProsaClient()))).to.contain('put a <ProsaProvider> above');
    });

    it('refuses an address that is none', async () => {
      const error = await thrownBy(() => ProsaProvider({ baseUrl: 'ftp://files.invalid', token: 'made-up' }));
      expect(String(error)).to.contain('baseUrl must be an http(s) address');
    });
  });
}
