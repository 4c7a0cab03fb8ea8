import { expect } from '@open-wc/testing';
import type { ProsaInbox } from '@prosa/widget-inbox';
import { createElement, createRef, StrictMode, type ReactNode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { CustomerPanel, Inbox, ProsaProvider, type InboxProps } from '@prosa/react';
import { closeDesks, openDesk, serve } from './desk.ts';
import { closePages, listenToConsole, openPage, until, type ReactPage } from './page.ts';

type Desk = Awaited<ReturnType<typeof openDesk>>;

const inboxOf = ({ container }: ReactPage) => container.querySelector('prosa-inbox') as ProsaInbox;
const rootOf = (page: ReactPage) => inboxOf(page).shadowRoot as ShadowRoot;
const around = ({ client }: Desk, children: ReactNode) => createElement(ProsaProvider, { client, children });
const inboxIn = (desk: Desk, props: InboxProps = {}) => around(desk, createElement(Inbox, props));
/** Rows of the list of who waits. */
const rowsOf = (page: ReactPage) =>
  until(() => {
    const rows = [...rootOf(page).querySelectorAll<HTMLElement>('.row[data-id]')];
    return rows.length > 1 ? rows : null;
  }, 'there are no rows');

/** Opens the conversation of a row, as an agent does. @returns its id */
async function choose(page: ReactPage, index: number): Promise<string> {
  const row = (await rowsOf(page))[index] as HTMLElement;
  row.click();
  return String(row.dataset['id']);
}

async function write(page: ReactPage, text: string): Promise<HTMLTextAreaElement> {
  const textarea = await until(() => rootOf(page).querySelector<HTMLTextAreaElement>('.composer textarea'));
  textarea.value = text;
  textarea.dispatchEvent(new Event('input'));
  textarea.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  return textarea;
}

export function describeComponents(): void {
  describe('components', () => {
    afterEach(() => {
      closePages();
      closeDesks();
    });

    it('show what the client of the provider knows, without a complaint of React', async () => {
      const heard = listenToConsole();
      const desk = await openDesk();
      const page = openPage(inboxIn(desk));
      await rowsOf(page);
      expect(inboxOf(page).client).to.equal(desk.client);
      expect(desk.gateway.events.readerCount).to.equal(1);
      page.unmount();
      heard.stop();
      expect(heard.complaints.filter((text) => !text.includes('dev mode'))).to.deep.equal([]);
    });

    it('pass on attributes, and take them back', async () => {
      const desk = await openDesk();
      const page = openPage(
        inboxIn(desk, {
          id: 'desk',
          className: 'tall',
          lang: 'en',
          title: 'Desk',
          hidden: true,
          style: { blockSize: 300 },
          'aria-label': 'Service desk',
          ...{ 'data-place': 'crm' },
        }),
      );
      const inbox = await until(() => inboxOf(page));
      expect(inbox.id).to.equal('desk');
      expect(inbox.getAttribute('class')).to.equal('tall');
      expect(inbox.getAttribute('lang')).to.equal('en');
      expect(inbox.hidden).to.equal(true);
      expect(inbox.style.blockSize).to.equal('300px');
      expect(inbox.getAttribute('aria-label')).to.equal('Service desk');
      expect(inbox.dataset['place']).to.equal('crm');
      page.render(inboxIn(desk, { hidden: false }));
      await until(() => !inbox.hasAttribute('hidden'));
      for (const name of ['id', 'class', 'lang', 'title', 'aria-label', 'data-place']) {
        expect(inbox.getAttribute(name) ?? '', name).to.equal('');
      }
      expect(inboxOf(page)).to.equal(inbox);
    });

    it('set properties before the element first draws, and take them back', async () => {
      const desk = await openDesk();
      const page = openPage(inboxIn(desk, { conversationId: desk.idOf('main'), panel: 'hidden', theme: 'dark' }));
      await until(() => rootOf(page).querySelector('.composer'));
      expect(rootOf(page).querySelector('.panel-pane')).to.equal(null);
      expect(inboxOf(page).getAttribute('theme')).to.equal('dark');
      expect(inboxOf(page).hasAttribute('conversationid')).to.equal(false);
      page.render(inboxIn(desk));
      await until(() => !inboxOf(page).hasAttribute('theme'));
      expect(inboxOf(page).conversationId).to.equal(undefined);
    });

    it('leave the agent where they are when the page renders again, and follow when the page changes its mind', async () => {
      const desk = await openDesk();
      const page = openPage(inboxIn(desk, { conversationId: desk.idOf('main') }));
      const chosen = await choose(page, 0);
      await until(() => inboxOf(page).conversationId === chosen);
      page.render(inboxIn(desk, { conversationId: desk.idOf('main'), title: 'again' }));
      await until(() => inboxOf(page).title === 'again');
      expect(inboxOf(page).conversationId).to.equal(chosen);
      page.render(inboxIn(desk, { conversationId: desk.idOf('expired') }));
      await until(() => inboxOf(page).conversationId === desk.idOf('expired'));
    });

    it('call the newest handler, once, and none after they left', async () => {
      const desk = await openDesk();
      const told: string[] = [];
      const selecting = (name: string): InboxProps => ({
        onConversationSelected: ({ detail }) => told.push(`${name} ${String(detail.conversationId)}`),
      });
      const page = openPage(inboxIn(desk, selecting('first')));
      const first = await choose(page, 0);
      page.render(inboxIn(desk, { ...selecting('second'), title: 'second' }));
      await until(() => inboxOf(page).title === 'second');
      const second = await choose(page, 1);
      page.render(inboxIn(desk, { title: 'nobody' }));
      await until(() => inboxOf(page).title === 'nobody');
      await choose(page, 0);
      const inbox = inboxOf(page);
      page.render(inboxIn(desk, selecting('third')));
      page.unmount();
      inbox.dispatchEvent(new CustomEvent('prosa-conversation-selected', { detail: { conversationId: null } }));
      expect(told).to.deep.equal([`first ${first}`, `second ${second}`]);
    });

    it('let the page stop a message', async () => {
      const desk = await openDesk();
      const seen: string[] = [];
      const page = openPage(
        inboxIn(desk, {
          conversationId: desk.idOf('main'),
          onBeforeSend: (event) => {
            const { message } = event.detail;
            const text = message.type === 'text' ? message.text : '';
            seen.push(text);
            if (text.includes('senha')) event.preventDefault();
          },
        }),
      );
      const textarea = await write(page, 'Qual é a senha?');
      await inboxOf(page).updateComplete;
      expect(textarea.value).to.equal('Qual é a senha?');
      expect(desk.count('messages.send')).to.equal(0);
      await write(page, 'Já resolvo');
      await until(() => desk.count('messages.send') === 1);
      expect(seen).to.deep.equal(['Qual é a senha?', 'Já resolvo']);
    });

    it('tell errors to `onError`', async () => {
      const desk = await openDesk();
      const errors: unknown[] = [];
      const page = openPage(
        inboxIn(desk, { conversationId: desk.idOf('main'), onError: ({ detail }) => errors.push(detail.error) }),
      );
      desk.gateway.fail('messages.send', 'window_closed');
      await write(page, 'Tarde demais');
      await until(() => errors.length === 1);
      expect(errors[0]).to.have.property('code', 'window_closed');
    });

    it('give the element to a ref, and take it back', async () => {
      const desk = await openDesk();
      const ref = createRef<ProsaInbox>();
      const calls: (ProsaInbox | null)[] = [];
      const page = openPage(
        around(desk, [
          createElement(Inbox, { key: 'object', ref }),
          createElement(Inbox, {
            key: 'function',
            ref: (inbox: ProsaInbox | null) => {
              calls.push(inbox);
            },
          }),
        ]),
      );
      await until(() => ref.current && calls.at(-1));
      const [first, second] = page.container.querySelectorAll('prosa-inbox');
      expect(ref.current).to.equal(first);
      expect(calls.at(-1)).to.equal(second);
      page.unmount();
      await until(() => ref.current === null && calls.at(-1) === null);
    });

    it('show what the page puts in the place of the panel', async () => {
      const desk = await openDesk();
      const children = createElement('p', { slot: 'panel' }, 'Do meu CRM');
      const page = openPage(inboxIn(desk, { conversationId: desk.idOf('main'), children }));
      await until(() => page.container.querySelector('p')?.assignedSlot);
      expect(page.container.querySelector('p')?.offsetParent).to.not.equal(null);
    });

    it('work without a provider, with an address of their own, and end what they opened', async () => {
      const { gateway } = await openDesk();
      serve({ 'own.invalid': gateway });
      const page = openPage(createElement(Inbox, { baseUrl: 'http://own.invalid', token: () => 'made-up' }));
      await rowsOf(page);
      expect(gateway.events.readerCount).to.equal(1);
      page.unmount();
      await until(() => gateway.events.readerCount === 0);
    });

    it('without a client of any kind show that they are not ready, and do not throw', async () => {
      const page = openPage(createElement(Inbox));
      await until(() => rootOf(page).querySelector('.list-pane'));
    });

    it('show a customer, and tell which previous conversation was picked', async () => {
      const desk = await openDesk();
      const picked: (string | null)[] = [];
      const page = openPage(
        around(
          desk,
          createElement(CustomerPanel, {
            conversationId: desk.idOf('main'),
            onConversationSelected: ({ detail }) => picked.push(detail.conversationId),
          }),
        ),
      );
      const panel = await until(() => page.container.querySelector('prosa-customer-panel')?.shadowRoot);
      const line = await until(() => panel.querySelector<HTMLElement>('.history-line'));
      expect(panel.querySelector('.facts')?.textContent).to.contain('+55 83 9 9914-2210');
      (line.closest('button') ?? line.querySelector('button') ?? line).click();
      await until(() => picked.length === 1);
      expect(picked[0]).to.match(/^cnv_/);
    });

    it('take over what a server rendered, without a complaint', async () => {
      const heard = listenToConsole();
      const desk = await openDesk();
      const container = document.createElement('div');
      container.innerHTML = '<prosa-inbox lang="pt-BR" class="tall"></prosa-inbox>';
      document.body.append(container);
      const rendered = container.firstElementChild as ProsaInbox;
      const tree = inboxIn(desk, { lang: 'pt-BR', className: 'tall', conversationId: desk.idOf('main') });
      const recovered: unknown[] = [];
      const root = hydrateRoot(container, createElement(StrictMode, null, tree), {
        onRecoverableError: (error) => recovered.push(error),
      });
      await until(() => rendered.shadowRoot?.querySelector('.composer'));
      expect(container.firstElementChild).to.equal(rendered);
      root.unmount();
      container.remove();
      heard.stop();
      expect(recovered).to.deep.equal([]);
      expect(heard.complaints.filter((text) => !text.includes('dev mode'))).to.deep.equal([]);
    });
  });
}
