/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { disconnectAll, mountInbox, mountList } from '../testing/mount.ts';
import { contactOf, conversationOf, messageOf, minutesAgo } from '../testing/records.ts';
import { agentOf } from '../testing/records.ts';
import { Desk } from '../testing/desk.ts';

function press(target: HTMLElement, key: string): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

describe('the list of <prosa-inbox>', () => {
  afterEach(disconnectAll);

  it('tells that the list could not be loaded, and loads it when asked again', async () => {
    const { button, until, root } = await mountInbox({
      prepare: (gateway) => {
        gateway.fail('conversations.list', 'forbidden');
      },
    });
    await until(() => root.querySelector('.list-panel [role=alert]'));
    expect(root.querySelector('[role=alert]')?.textContent).to.contain('Você não tem permissão para isso.');
    button('Tentar de novo').click();
    await until(() => root.querySelector('.row[data-id]'));
  });

  it('puts who waits longest first and warns of a long wait', async () => {
    const { all } = await mountList();
    const names = all('.row-name').map((name) => name.textContent);
    expect(names[0]).to.equal('Padaria Santa Rita');
    expect(all('.row')[0]?.querySelector('.chip.warning')?.textContent.trim()).to.equal('espera há 14\u00a0min');
    expect(all('.row')[1]?.querySelector('.chip.warning')).to.equal(null);
  });

  it('tells how long somebody waits by the clock of the gateway', async () => {
    const desk = new Desk(agentOf());
    const conversation = conversationOf(desk.addContact(contactOf()), { waitingSince: minutesAgo(15) });
    desk.addConversation(conversation, [messageOf(conversation.id, 'Oi')]);
    const { gateway, one, until } = await mountList({ desk });
    const told = () => one('.row-chips .chip').textContent.trim();
    expect(told()).to.equal('espera há 15\u00a0min');
    gateway.events.aheadMs = 10 * 60_000;
    gateway.events.drop();
    await until(() => told() === 'espera há 25\u00a0min', 'it goes by the clock of the page');
  });

  it('warns of a window that closes while somebody waits, and leaves out what has no room', async () => {
    const desk = new Desk(agentOf());
    const wait = { waitingSince: new Date(Date.now() - 15 * 60_000).toISOString() };
    const queue = { id: 'que_1', name: 'Atendimento a revendedores do interior' };
    const windowExpiresAt = new Date(Date.now() + 80.5 * 60_000).toISOString();
    const conversation = conversationOf(desk.addContact(contactOf()), { ...wait, queue, windowExpiresAt });
    desk.addConversation(conversation, [messageOf(conversation.id, '*Oi*, _tudo_ ~bem~?')]);
    for (const width of [320, 1280]) {
      const { one, all } = await mountList({ desk, width });
      const line = one('.row-chips').getBoundingClientRect();
      const [waiting, closing, last] = all('.row-chips .chip');
      expect(waiting?.textContent.trim()).to.equal('espera há 15\u00a0min');
      expect(closing?.textContent.trim()).to.equal('janela 1\u00a0h\u00a020\u00a0min');
      for (const chip of [waiting!, closing!]) {
        expect(chip.scrollWidth).to.be.at.most(chip.clientWidth);
        expect(chip.getBoundingClientRect().bottom).to.be.at.most(line.bottom + 1);
      }
      if (width > 320) expect(last!.getBoundingClientRect().top, `${width}px`).to.be.at.least(line.bottom);
      expect(one('.row-preview').textContent.trim()).to.equal('Oi, tudo bem?');
      disconnectAll();
    }
  });

  it('counts each tab and follows the events', async () => {
    const { desk, one, until } = await mountList();
    expect(one('[data-tab=waiting]').getAttribute('aria-label')).to.equal('Esperando, 4');
    expect(one('[data-tab=mine] .count').classList.contains('mine')).to.equal(true);
    expect(one('[data-tab=waiting] .count').classList.contains('mine')).to.equal(false);
    const contact = desk.addContact(contactOf({ name: 'Otávio Lins' }));
    const conversation = desk.addConversation(
      conversationOf(contact, { waitingSince: new Date().toISOString(), lastActivityAt: new Date().toISOString() }),
    );
    desk.emit('conversation.created', { conversation });
    await until(() => one('[data-tab=waiting]').getAttribute('aria-label') === 'Esperando, 5');
    await until(() => one('.rows').textContent.includes('Otávio Lins'));
  });

  it('opens tabs with the arrow keys', async () => {
    const { one, root, until } = await mountList();
    one('[data-tab=waiting]').focus();
    press(one('[role=tablist]'), 'ArrowRight');
    await until(() => one('[data-tab=unread]').getAttribute('aria-selected') === 'true');
    expect((root.activeElement as HTMLElement).dataset['tab']).to.equal('unread');
    press(one('[role=tablist]'), 'End');
    await until(() => one('[data-tab=all]').getAttribute('aria-selected') === 'true');
    await until(() => one('.rows').textContent.includes('Bruno Carvalho'), 'all tells who attends');
  });

  it('is walked with arrows and opened with Enter', async () => {
    const { inbox, one, until, root } = await mountList();
    let selected: string | null = null;
    inbox.addEventListener('prosa-conversation-selected', (event) => {
      selected = event.detail.conversationId;
    });
    const list = one('.rows');
    list.focus();
    press(list, 'ArrowDown');
    await inbox.updateComplete;
    const active = list.getAttribute('aria-activedescendant');
    expect(root.getElementById(active ?? '')?.textContent).to.contain('Rafaela Moura');
    press(list, 'Enter');
    await until(() => root.querySelector('.log'));
    expect(`row-${selected}`).to.equal(active);
    expect(root.getElementById(active ?? '')?.getAttribute('aria-selected')).to.equal('true');
  });

  it('always fits its tabs', async () => {
    for (const width of [320, 360, 480, 640, 820, 1000, 1380]) {
      const { one } = await mountList({ width });
      const tabs = one('.tabs');
      expect(tabs.scrollWidth, `${width}px`).to.be.at.most(tabs.clientWidth);
      for (const tab of tabs.children) expect(tab.scrollWidth, `${width}px`).to.be.at.most(tab.clientWidth + 1);
      disconnectAll();
    }
  });

  it('draws only the rows in sight', async () => {
    const desk = new Desk(agentOf());
    for (let i = 0; i < 400; i++) {
      const contact = desk.addContact(contactOf({ name: `Cliente ${i}` }));
      const conversation = conversationOf(contact, { waitingSince: new Date(Date.now() - i * 1000).toISOString() });
      desk.addConversation(conversation, [messageOf(conversation.id, 'Oi')]);
    }
    const { all, one, until } = await mountList({ desk });
    expect(all('.row').length).to.be.lessThan(40);
    one('.rows').scrollTop = 1e6;
    await until(() => one('.rows').scrollHeight > 80 * 60, 'the next page is loaded');
    expect(all('.row').length).to.be.lessThan(40);
  });

  it('does not ask over and over for a page that cannot be had, but when told to', async () => {
    const desk = new Desk(agentOf());
    for (let i = 0; i < 120; i++) {
      const contact = desk.addContact(contactOf({ name: `Cliente ${i}` }));
      const conversation = conversationOf(contact, { waitingSince: new Date(Date.now() - i * 1000).toISOString() });
      desk.addConversation(conversation, [messageOf(conversation.id, 'Oi')]);
    }
    const { one, root, until, gateway, button } = await mountList({ desk });
    const asked = () => gateway.calls.filter(({ name }) => name === 'conversations.list').length;
    gateway.fail('conversations.list', 'forbidden');
    const before = asked();
    one('.rows').scrollTop = 1e6;
    await until(() => root.querySelector('.list-panel .page-problem'));
    desk.emit('conversation.created', { conversation: conversationOf(desk.addContact(contactOf({ name: 'Nova' }))) });
    one('.rows').scrollTop -= 200;
    one('.rows').scrollTop = 1e6;
    await expect(one('.list-pane')).to.be.accessible();
    expect(asked()).to.equal(before + 1);
    button('Tentar de novo').click();
    await until(() => !root.querySelector('.page-problem') && one('.rows').scrollHeight > 80 * 60);
  });

  it('speaks the language around it, and words of its own', async () => {
    const { inbox, one, until } = await mountList({ lang: 'en' });
    await until(() => one('[data-tab=mine] .tab-name').textContent === 'Mine');
    inbox.strings = { inboxTitle: 'Help desk' };
    await inbox.updateComplete;
    expect(one('.list-pane h2').textContent).to.equal('Help desk');
  });
});
