import { expect } from '@open-wc/testing';
import { createClient, type ProsaClient } from '@prosa/core';
import { createWebchatClient, memoryWebchatStorage } from '@prosa/core/webchat';
import { createTestGateway, type TestGateway } from '@prosa/gateway/testing';
import type { ProsaWebchat } from '@prosa/widget-webchat';
import { createElement, createRef } from 'react';
import { ProsaProvider, Webchat, type WebchatProps } from '@prosa/react';
import { closePages, listenToConsole, openPage, settled, until, type ReactPage } from './page.ts';

const webchatOf = ({ container }: ReactPage) => container.querySelector('prosa-webchat') as ProsaWebchat;
const rootOf = (page: ReactPage) => webchatOf(page).shadowRoot as ShadowRoot;
const textareaOf = (page: ReactPage) =>
  until(() => rootOf(page).querySelector<HTMLTextAreaElement>('.composer textarea'), 'there is no composer');

/** Writes as a visitor does. */
async function write(page: ReactPage, text: string): Promise<HTMLTextAreaElement> {
  const textarea = await textareaOf(page);
  textarea.value = text;
  textarea.dispatchEvent(new Event('input'));
  textarea.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  return textarea;
}

export function describeWebchat(): void {
  describe('<Webchat>', () => {
    let gateway: TestGateway;
    let webchatKey: string;
    let ana: ProsaClient;
    let ends: (() => void)[] = [];

    beforeEach(async () => {
      gateway = await createTestGateway();
      webchatKey = await gateway.createWebchat({
        title: 'Loja Cacau',
        form: { name: 'hidden', email: 'hidden', subjects: [] },
      });
      const { token } = await gateway.createAgent({ name: 'Ana Prado' });
      ana = createClient({ baseUrl: gateway.baseUrl, token, fetch: gateway.fetch, storage: null });
      ends = [
        () => {
          ana.destroy();
        },
      ];
    });

    afterEach(async () => {
      closePages();
      for (const end of ends) end();
      localStorage.clear();
      sessionStorage.clear();
      await gateway.close();
    });

    /** A visitor's client, as a page makes it. */
    function visitor() {
      const storage = memoryWebchatStorage();
      const client = createWebchatClient({ baseUrl: gateway.baseUrl, webchatKey, fetch: gateway.fetch, storage });
      ends.push(() => {
        client.destroy();
      });
      return client;
    }

    /** What the page's own `fetch` reaches is the gateway. */
    function serve(): void {
      const { fetch } = globalThis;
      globalThis.fetch = gateway.fetch;
      ends.push(() => {
        globalThis.fetch = fetch;
      });
    }

    const conversation = async () => (await ana.conversations.list({ tab: 'all', limit: 1 })).data[0];

    it('with a key that is not known tells the page, and shows the visitor nothing', async () => {
      serve();
      const heard = listenToConsole();
      const errors: unknown[] = [];
      const props: WebchatProps = {
        baseUrl: gateway.baseUrl,
        webchatKey: 'wck_00000000000000000000',
        onError: ({ detail }) => errors.push(detail.error),
      };
      const page = openPage(createElement(Webchat, props));
      await until(() => errors[0]);
      heard.stop();
      expect(errors[0]).to.have.property('code', 'not_found');
      expect(rootOf(page).querySelector('button')).to.equal(null);
    });

    it('without an address shows nothing, and does not throw', async () => {
      const page = openPage(createElement(Webchat));
      await until(() => rootOf(page));
      await settled();
      expect(rootOf(page).querySelector('button')).to.equal(null);
    });

    it('makes its own client, survives StrictMode without a complaint, and ends with the page', async () => {
      serve();
      const heard = listenToConsole();
      let ready = 0;
      const props: WebchatProps = { baseUrl: gateway.baseUrl, webchatKey, lang: 'pt-BR', onReady: () => ready++ };
      const page = openPage(createElement(Webchat, props));
      await until(() => ready > 0 && rootOf(page).querySelector('button'));
      page.render(createElement(Webchat, { ...props, title: 'again' }));
      await until(() => webchatOf(page).title === 'again');
      expect(ready).to.equal(1);
      expect(webchatOf(page).hasAttribute('webchatkey')).to.equal(false);
      const webchat = webchatOf(page);
      page.unmount();
      heard.stop();
      await until(() => !webchat.isConnected);
      expect(heard.complaints.filter((text) => !text.includes('dev mode'))).to.deep.equal([]);
    });

    it('opens and closes with the page, and tells what the visitor does', async () => {
      const client = visitor();
      const told: string[] = [];
      const render = (open?: boolean, title = '') =>
        createElement(Webchat, {
          client,
          open,
          title,
          onOpened: () => told.push('opened'),
          onClosed: () => told.push('closed'),
        });
      const page = openPage(render(false));
      await until(() => rootOf(page).querySelector('button'));
      page.render(render(true));
      await until(() => told.at(-1) === 'opened');
      await textareaOf(page);
      webchatOf(page).closePanel();
      await until(() => told.at(-1) === 'closed');
      page.render(render(true, 'still'));
      await until(() => webchatOf(page).title === 'still');
      expect(webchatOf(page).open).to.equal(false);
      page.render(render(false, 'closed'));
      await until(() => webchatOf(page).title === 'closed');
      page.render(render(true));
      await until(() => told.length === 3);
      page.render(render());
      await until(() => told.length === 4);
      await settled();
      expect(told).to.deep.equal(['opened', 'closed', 'opened', 'closed']);
    });

    it('tells the page how a conversation goes, and lets it keep a message', async () => {
      const client = visitor();
      const told: string[] = [];
      const page = openPage(
        createElement(Webchat, {
          client,
          inline: true,
          strings: { team: 'A loja' },
          onBeforeSend: (event) => {
            if (event.detail.text.includes('senha')) event.preventDefault();
          },
          onStarted: ({ detail }) => told.push(`started ${detail.conversation.status}`),
          onMessage: ({ detail }) => told.push(`message of ${detail.message.author.name ?? ''}`),
          onUnread: ({ detail }) => told.push(`unread ${detail.count}`),
          onEnded: ({ detail }) => told.push(`ended ${detail.conversation.status}`),
        }),
      );
      const textarea = await write(page, 'Minha senha é 1234');
      await webchatOf(page).updateComplete;
      expect(textarea.value).to.equal('Minha senha é 1234');
      expect(await conversation()).to.equal(undefined);

      await write(page, 'Meu pedido não chegou');
      await until(() => told.length === 1);
      const { id } = (await conversation()) ?? { id: '' };
      await ana.conversations.accept(id);
      await ana.messages.send(id, { type: 'text', text: 'Vou verificar' });
      await until(() => told.includes('message of Ana Prado'));
      await ana.conversations.close(id, { outcome: 'resolved' });
      await until(() => told.includes('ended ended'));
      expect(told.filter((one) => !one.startsWith('unread'))).to.deep.equal([
        'started waiting',
        'message of Ana Prado',
        'ended ended',
      ]);
    });

    it('is not the desk: it takes no client of a provider', async () => {
      const page = openPage(createElement(ProsaProvider, { client: ana }, createElement(Webchat, { webchatKey })));
      await until(() => rootOf(page));
      await settled();
      expect(webchatOf(page).client).to.equal(undefined);
    });

    it('asks who is logged in once, though the function is another one on each render', async () => {
      const client = visitor();
      const token = await gateway.visitorToken({ externalId: 'u-77', name: 'Marina Prado' });
      const asked: number[] = [];
      const render = (number: number) =>
        createElement(Webchat, {
          client,
          title: `${number}`,
          identity: async () => {
            asked.push(number);
            return token;
          },
        });
      const page = openPage(render(1));
      await until(() => client.value.status === 'ready' && client.value.visitor?.verified);
      const { length } = asked;
      page.render(render(2));
      await until(() => webchatOf(page).title === '2');
      await settled();
      expect(asked).to.have.lengthOf(length);
      expect(client.value.visitor).to.include({ name: 'Marina Prado', verified: true });
    });

    it('of a person who is not believed tells the page, and still takes messages', async () => {
      const errors: unknown[] = [];
      const page = openPage(
        createElement(Webchat, {
          client: visitor(),
          inline: true,
          identity: 'forged',
          onError: ({ detail }) => errors.push(detail.error),
        }),
      );
      await until(() => errors[0]);
      expect(errors[0]).to.have.property('code', 'unauthenticated');
      await write(page, 'Oi');
      await until(() => rootOf(page).textContent.includes('Oi'));
      await until(async () => (await conversation())?.contact.verified === false);
    });

    it('gives the element and its methods to a ref, and takes it back', async () => {
      const ref = createRef<ProsaWebchat>();
      const client = visitor();
      const page = openPage(createElement(Webchat, { client, ref }));
      const webchat = await until(() => ref.current);
      await until(() => rootOf(page).querySelector('button'));
      webchat.openPanel();
      await textareaOf(page);
      webchat.hide();
      await until(() => webchat.hidden);
      webchat.show();
      await webchat.setUser(await gateway.visitorToken({ externalId: 'u-77', name: 'Marina Prado' }));
      expect(client.value.visitor).to.include({ name: 'Marina Prado', verified: true });
      await webchat.logout();
      expect(client.value.visitor).to.equal(null);
      page.unmount();
      await until(() => ref.current === null);
    });
  });
}
