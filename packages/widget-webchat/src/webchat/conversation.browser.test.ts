/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { memoryWebchatStorage } from '@prosa/core/webchat';
import { closeAll, eventually, noForm, Shop } from '../testing/mount.ts';

describe('a conversation in <prosa-webchat>', () => {
  let shop: Shop;

  beforeEach(async () => {
    shop = await Shop.open(noForm);
  });
  afterEach(closeAll);

  /** How the agent sees the newest message. */
  async function newestStatus() {
    const { id } = await shop.conversation();
    return (await shop.ana.messages.list(id, { limit: 1 })).data[0]?.status;
  }

  it('shows the protocol at once, and who attends when somebody does', async () => {
    const page = await shop.mountOpen();
    page.send('Oi');
    await page.until(() => page.one('.head').textContent.includes('Já vamos atender você'));
    const { protocol } = await shop.conversation();
    expect(page.one('.head').textContent).to.contain(`Protocolo ${protocol}`);
    await page.until(() => page.text().includes(`O número do seu protocolo é ${protocol}`));
    await shop.accept();
    await page.until(() => page.one('.head').textContent.includes('Ana Prado está atendendo'));
    expect(page.one('.notice').textContent).to.contain('entrou na conversa');
  });

  it('counts what comes while it is closed, and tells the agent when it is read', async () => {
    const page = await shop.mountServed();
    page.webchat.closePanel();
    await page.until(() => !page.one<HTMLDialogElement>('dialog').open);
    await shop.answer('Já verifico');
    await shop.answer('Saiu para entrega');
    await page.until(() => page.one('.launcher .badge').textContent === '2', 'the badge does not count');
    expect(page.one('.launcher').getAttribute('aria-label')).to.equal('Abrir o chat, 2 mensagens novas');
    expect(page.webchat.unreadCount).to.equal(2);
    const { id } = await shop.conversation();
    const statuses = async () => (await shop.ana.messages.list(id, { limit: 2 })).data.map(({ status }) => status);
    await eventually(async () => String(await statuses()) === 'delivered,delivered', 'they do not arrive');
    await page.openPanel();
    await page.until(() => !page.has('.badge'), 'the badge stays');
    await eventually(async () => String(await statuses()) === 'read,read', 'the agent does not see them read');
    expect(page.text()).to.contain('Saiu para entrega');
  });

  it('does not count as read what nobody looks at: another tab is in front', async () => {
    const page = await shop.mountServed();
    const look = (state: DocumentVisibilityState) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    };
    try {
      look('hidden');
      await shop.answer('Já verifico');
      await eventually(async () => (await newestStatus()) === 'delivered', 'it is read');
      expect(page.webchat.unreadCount).to.equal(1);
      look('visible');
      await page.until(() => page.webchat.unreadCount === 0, 'it stays unread');
    } finally {
      delete (document as { visibilityState?: unknown }).visibilityState;
    }
  });

  it('does not count as read what is below what the visitor reads, and does not take them there', async () => {
    const page = await shop.mountServed();
    await shop.answer('Linha\n'.repeat(60));
    const log = page.one('.log');
    await page.until(() => log.scrollTop > 500 && page.webchat.unreadCount === 0);
    log.scrollTop = 0;
    await page.until(() => page.has('.to-end'));
    await shop.answer('E mais isto');
    await page.until(() => page.text().includes('E mais isto'));
    await eventually(async () => (await newestStatus()) === 'delivered', 'it is read');
    expect(page.webchat.unreadCount).to.equal(1);
    expect(log.scrollTop).to.equal(0);
    page.button('Ir para a mensagem mais recente').click();
    await page.until(() => page.webchat.unreadCount === 0, 'it stays unread');
    expect(log.scrollTop + log.clientHeight).to.be.closeTo(log.scrollHeight, 2);
  });

  it('says aloud what arrives', async () => {
    const page = await shop.mountServed();
    await shop.answer('Já verifico');
    await page.until(() => page.one('[role=status][aria-live]').textContent.includes('Ana Prado: Já verifico'));
  });

  it('shows two ticks when the team has read', async () => {
    const page = await shop.mountServed();
    const { id } = await shop.conversation();
    page.send('Alguma novidade?');
    await eventually(async () => (await shop.texts()).includes('Alguma novidade?'));
    await shop.ana.conversations.markRead(id);
    await page.until(() => page.all('.ticks').every((ticks) => ticks.textContent.includes('Lida')));
  });

  it('shows that the agent types, until the message is there', async () => {
    const page = await shop.mountServed();
    const { id } = await shop.conversation();
    await shop.ana.conversations.typing(id, true);
    await page.until(() => page.has('.dots'), 'nobody seems to type');
    expect(page.one('.dots').getAttribute('aria-label')).to.equal('Digitando…');
    await shop.answer('Achei');
    await page.until(() => page.text().includes('Achei') && !page.has('.dots'));
  });

  it('tells the agent that the visitor types, and that they stopped', async () => {
    const page = await shop.mountServed();
    const heard: boolean[] = [];
    shop.ana.on('typing.changed', ({ typing, author }) => author.kind === 'customer' && heard.push(typing));
    await eventually(() => shop.ana.connection.current.state === 'connected');
    page.write('Eu que');
    await page.until(() => String(heard) === 'true');
    page.write('');
    await page.until(() => String(heard) === 'true,false');
  });

  it('shows in one tab what was written in another, once', async () => {
    const storage = memoryWebchatStorage();
    const one = await shop.mountServed({ storage });
    const other = await shop.mountOpen({ storage });
    await other.until(() => other.text().includes('Meu pedido não chegou'));
    other.send('É o 8812');
    await one.until(() => one.text().includes('É o 8812'));
    await shop.answer('Achei o pedido');
    for (const tab of [one, other]) {
      await tab.until(() => tab.text().includes('Achei o pedido'));
      expect(tab.all('.line.out')).to.have.length(2);
    }
    expect(await shop.texts()).to.deep.equal(['Meu pedido não chegou', 'É o 8812', 'Achei o pedido']);
  });

  it('keeps two browsers apart', async () => {
    await shop.mountServed();
    const other = await shop.mountOpen();
    expect(other.has('.start')).to.equal(true);
    expect(other.text()).not.to.contain('Meu pedido não chegou');
  });

  it('loads what is older, and keeps the place', async () => {
    const page = await shop.mountServed();
    const { id } = await shop.conversation();
    for (let number = 1; number <= 45; number++) {
      await shop.ana.messages.send(id, { type: 'text', text: `Aviso ${number}` });
    }
    const storage = memoryWebchatStorage();
    const kept = `prosa:webchat:${shop.webchatKey}:session`;
    page.leave();
    storage.set(kept, page.storage.get(kept));
    const later = await shop.mountOpen({ storage });
    await later.until(() => later.text().includes('Aviso 45'));
    expect(later.text()).not.to.contain('Meu pedido não chegou');
    const log = later.one('.log');
    expect(Math.round(log.scrollTop + log.clientHeight)).to.be.closeTo(log.scrollHeight, 2);
    log.scrollTop = 0;
    log.dispatchEvent(new Event('scroll'));
    await later.until(() => later.has('.to-end'), 'there is no way back to the end');
    // Within the log: the panel itself may still be on its way up.
    const topOf = (text: string) =>
      later
        .all('.line')
        .find((line) => line.querySelector('.text')?.textContent === text)!
        .getBoundingClientRect().top - log.getBoundingClientRect().top;
    const place = topOf('Aviso 10');
    later.button('Ver mensagens anteriores').click();
    await later.until(() => later.text().includes('Meu pedido não chegou'));
    expect(topOf('Aviso 10')).to.be.closeTo(place, 2);
    later.one('.to-end').click();
    await later.until(() => !later.has('.to-end'));
  });

  it('ends by the agent, and the next message begins another', async () => {
    const page = await shop.mountServed();
    const { id } = await shop.conversation();
    await shop.finish();
    await page.until(() => page.has('[data-action=start-over]'));
    expect(page.one('.head').textContent).to.contain('Conversa encerrada');
    expect(page.has('.composer')).to.equal(false);
    expect(page.text()).to.contain('Olá');
    page.button('Começar nova conversa').click();
    await page.until(() => page.has('.start'));
    expect(page.text()).not.to.contain('Meu pedido não chegou');
    page.send('Voltei');
    await page.until(() => page.has('.line.out .ticks'));
    const next = await shop.conversation();
    expect(next.id).not.to.equal(id);
    expect(await shop.texts()).to.deep.equal(['Voltei']);
  });

  it('takes what was written when the agent had just ended it for the beginning of another', async () => {
    const page = await shop.mountServed();
    page.network.goOffline();
    page.send('Só mais uma coisa');
    await page.until(() => page.has('.pending'));
    await shop.finish();
    page.network.goOnline();
    await page.until(() => !page.text().includes('Meu pedido não chegou'), 'it does not begin');
    await page.until(() => page.all('.line.out .ticks').length === 1 && page.has('.composer'));
    expect(await shop.texts()).to.deep.equal(['Só mais uma coisa']);
  });

  it('ends by the visitor, who is asked first', async () => {
    const page = await shop.mountServed();
    page.button('Encerrar conversa').click();
    await page.until(() => page.focused()?.matches('[data-action=keep]'));
    expect(page.one('[role=alertdialog]').textContent).to.contain('Encerrar esta conversa?');
    page.button('Voltar à conversa').click();
    await page.until(() => page.focused()?.matches('[data-action=end]'), 'the focus does not go back');
    const { id, status } = await shop.conversation();
    expect(status).to.equal('active');
    page.button('Encerrar conversa').click();
    await page.until(() => page.has('[data-action=confirm-end]'));
    page.one('[data-action=confirm-end]').click();
    await page.until(() => page.has('[data-action=start-over]'));
    expect((await shop.ana.conversations.get(id)).status).to.equal('closed');
  });

  it('is not left with Escape while the visitor is asked: that means no', async () => {
    const page = await shop.mountServed();
    page.button('Encerrar conversa').click();
    await page.until(() => page.focused()?.matches('[data-action=keep]'));
    await sendKeys({ press: 'Escape' });
    await page.until(() => page.has('.composer'), 'the question stays');
    expect(page.webchat.open).to.equal(true);
    expect((await shop.conversation()).status).to.equal('active');
    await sendKeys({ press: 'Escape' });
    await page.until(() => !page.webchat.open);
  });

  it('goes on when ending it does not work', async () => {
    const page = await shop.mountServed();
    page.network.fail('/close', { status: 500, code: 'internal_error' });
    page.button('Encerrar conversa').click();
    await page.until(() => page.has('[data-action=confirm-end]'));
    page.one('[data-action=confirm-end]').click();
    await page.until(() => page.one('[role=status][aria-live]').textContent.includes('Não deu certo'));
    expect(page.has('.composer')).to.equal(true);
  });
});
