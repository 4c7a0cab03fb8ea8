/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { gatewayCustomers } from '../customer-panel/customer-source.ts';
import { connect, disconnectAll, mountInbox, mountThread } from '../testing/mount.ts';
import { sampleDesk } from '../testing/sample-desk.ts';
import { ScriptedGateway } from '../testing/scripted-gateway.ts';

describe('the life of <prosa-inbox>', () => {
  afterEach(disconnectAll);

  it('is moved in the page without loading again, and keeps what was being written', async () => {
    const { inbox, gateway, one, until } = await mountThread('main');
    const textarea = one<HTMLTextAreaElement>('.composer textarea');
    textarea.value = 'Meio escrito';
    textarea.dispatchEvent(new Event('input'));
    await until(() => gateway.calls.some(({ name }) => name === 'messages.list'));
    const before = gateway.calls.length;
    const elsewhere = document.createElement('div');
    elsewhere.style.blockSize = '600px';
    inbox.parentElement?.append(elsewhere);
    elsewhere.append(inbox);
    await inbox.updateComplete;
    await until(() => one('.log').textContent.includes('segunda via'));
    expect(one<HTMLTextAreaElement>('.composer textarea').value).to.equal('Meio escrito');
    expect(gateway.calls.slice(before).filter(({ name }) => name === 'messages.list')).to.have.length(0);
    expect(gateway.events.readerCount).to.equal(1);
  });

  it('ends the client that it made when it is taken out, and makes another when it is put back', async () => {
    const { desk } = await sampleDesk();
    const gateway = new ScriptedGateway(desk);
    const { fetch } = globalThis;
    globalThis.fetch = gateway.fetch;
    try {
      const frame = await fixture<HTMLElement>(
        html`<div lang="pt-BR">
          <prosa-inbox base-url="http://gateway.invalid" .token=${() => Promise.resolve('made-up')}></prosa-inbox>
        </div>`,
      );
      const inbox = frame.querySelector('prosa-inbox')!;
      await waitUntil(() => gateway.events.readerCount === 1);
      inbox.remove();
      await waitUntil(() => gateway.events.readerCount === 0);
      frame.append(inbox);
      await waitUntil(() => gateway.events.readerCount === 1);
      await waitUntil(() => inbox.shadowRoot?.querySelector('.row[data-id]'));
      inbox.remove();
      await waitUntil(() => gateway.events.readerCount === 0);
    } finally {
      globalThis.fetch = fetch;
    }
  });

  it('closes what another agent had open when it gets their client', async () => {
    const { inbox, root, until } = await mountThread('main');
    const { desk } = await sampleDesk();
    inbox.client = connect(new ScriptedGateway(desk));
    await until(() => root.querySelector('.thread-pane .empty'));
    expect(inbox.conversationId).to.equal(null);
  });

  it('does not say of customers of the page whether they are linked', async () => {
    const { inbox, all, until, button } = await mountInbox();
    const isTold = () => all('.row-chips').some((chips) => chips.textContent.includes('não vinculado'));
    button('Meus').click();
    await until(isTold);
    inbox.source = gatewayCustomers(inbox.client!);
    await until(() => !isTold());
  });

  it('is as large as the page makes it, whatever it shows', async () => {
    for (const width of [320, 640, 1280]) {
      const { inbox, open, ids, until, root } = await mountInbox({ width, height: 600 });
      const size = () => {
        const { width: inline, height: block } = inbox.getBoundingClientRect();
        return `${inline}×${block}`;
      };
      const loading = size();
      expect(loading).to.equal(`${width}×600`);
      await until(() => root.querySelector('.row[data-id]'));
      expect(size()).to.equal(loading);
      await open(ids['main']);
      expect(size()).to.equal(loading);
      expect(inbox.shadowRoot!.querySelector('.panes')!.scrollWidth).to.be.at.most(width);
      disconnectAll();
    }
  });

  it('stays inside a low box, and has a height of its own where the page gives none', async () => {
    const { inbox, until, root } = await mountInbox({ height: 300 });
    await until(() => root.querySelector('.row[data-id]'));
    expect(inbox.offsetHeight).to.equal(300);
    inbox.parentElement!.style.blockSize = '';
    expect(inbox.offsetHeight).to.equal(420);
  });

  it('opens what the page asks for, and says nothing about it', async () => {
    const { inbox, ids, until, root } = await mountInbox();
    let fired = 0;
    inbox.addEventListener('prosa-conversation-selected', () => fired++);
    inbox.setAttribute('conversation-id', ids['failed'] ?? '');
    await until(() => root.querySelector('.log')?.textContent.includes('agendado'));
    expect(fired).to.equal(0);
  });

  it('leaves the customer to the page that shows it itself', async () => {
    const { inbox, ids, open, root } = await mountInbox();
    inbox.panel = 'hidden';
    await open(ids['main']);
    expect(root.querySelector('.panel-pane')).to.equal(null);
    expect(root.querySelector('.who-button')).to.equal(null);
  });
});
