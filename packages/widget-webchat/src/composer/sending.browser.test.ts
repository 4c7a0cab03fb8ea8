/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { memoryWebchatStorage } from '@prosa/core/webchat';
import { closeAll, eventually, noForm, Shop } from '../testing/mount.ts';

describe('sending from <prosa-webchat>', () => {
  let shop: Shop;

  beforeEach(async () => {
    shop = await Shop.open(noForm);
  });
  afterEach(closeAll);

  it('says what was not sent, and sends it when it is tried again', async () => {
    const page = await shop.mountServed();
    page.network.fail('/messages', { status: 403, code: 'forbidden' });
    page.send('É o 8812');
    await page.until(() => page.has('.failure'), 'it does not fail');
    expect(page.one('.failure').textContent).to.contain('Não foi enviada.');
    page.network.heal();
    page.button('Tentar de novo').click();
    await page.until(() => !page.has('.failure') && !page.has('.pending'));
    expect(await shop.texts()).to.deep.equal(['Meu pedido não chegou', 'É o 8812']);
  });

  it('forgets what was not sent when it is discarded', async () => {
    const page = await shop.mountServed();
    page.network.fail('/messages', { status: 403, code: 'forbidden' }, 1);
    page.send('É o 8812');
    await page.until(() => page.has('.failure'));
    page.button('Descartar').click();
    await page.until(() => !page.has('.failure'));
    page.send('Esqueci o número');
    await page.until(() => page.all('.ticks').length === 2);
    expect(await shop.texts()).to.deep.equal(['Meu pedido não chegou', 'Esqueci o número']);
  });

  it('keeps messages while there is no connection, and sends them in order when it is back', async () => {
    const page = await shop.mountServed();
    page.network.goOffline();
    dispatchEvent(new Event('offline'));
    await page.until(() => page.one('.connection-line').textContent.includes('Sem conexão.'));
    page.send('Um');
    await page.until(() => page.one('.connection-line').textContent.includes('Guardamos a sua mensagem'));
    page.send('Dois');
    await page.until(() => page.one('.connection-line').textContent.includes('Guardamos 2 mensagens'));
    expect(page.one('.pending').textContent).to.contain('Aguardando conexão');
    page.network.goOnline();
    await page.until(() => !page.has('.pending'), 'they do not go out');
    await page.until(() => !page.has('.connection-line'), 'the line stays');
    expect(await shop.texts()).to.deep.equal(['Meu pedido não chegou', 'Um', 'Dois']);
  });

  it('tries the connection at once when it is asked to', async () => {
    const page = await shop.mountServed();
    page.network.fail('/events', 'cut');
    page.network.goOffline();
    await page.until(() => page.has('.connection-line'), 'the visitor is not told');
    page.network.heal();
    page.network.reconnect();
    page.button('Reconectar').click();
    await page.until(() => !page.has('.connection-line'), 'it is not tried');
    await shop.answer('Voltou');
    await page.until(() => page.text().includes('Voltou'));
  });

  it('sends what was written without a connection from the next page', async () => {
    const storage = memoryWebchatStorage();
    const page = await shop.mountServed({ storage });
    page.network.goOffline();
    page.send('É o 8812');
    await page.until(() => page.has('.pending'));
    page.leave();
    const next = await shop.mountOpen({ storage });
    await next.until(() => next.all('.ticks').length === 2, 'it is not sent');
    expect(await shop.texts()).to.deep.equal(['Meu pedido não chegou', 'É o 8812']);
  });

  it('sends nothing that the page prevents, and leaves it in the composer', async () => {
    const page = await shop.mountOpen();
    const asked: unknown[] = [];
    page.webchat.addEventListener('prosa-before-send', (event) => {
      asked.push(event.detail);
      event.preventDefault();
    });
    page.send('Meu cartão é 4000');
    expect(asked).to.deep.equal([{ text: 'Meu cartão é 4000', files: [] }]);
    await page.webchat.updateComplete;
    expect(page.one<HTMLTextAreaElement>('textarea').value).to.equal('Meu cartão é 4000');
    expect(page.has('.pending')).to.equal(false);
    expect(page.network.count('POST')).to.equal(0);
  });

  it('sends nothing but spaces never', async () => {
    const page = await shop.mountOpen();
    page.send('   \n ');
    await page.webchat.updateComplete;
    expect(page.has('.start')).to.equal(true);
    expect(page.one('.send').getAttribute('aria-disabled')).to.equal('true');
  });

  it('breaks the line with Shift and Enter, and waits for a word that is being composed', async () => {
    const page = await shop.mountOpen();
    page.write('Oi');
    const press = (init: KeyboardEventInit) => {
      const event = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, bubbles: true, ...init });
      page.one('textarea').dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect([press({ shiftKey: true }), press({ isComposing: true })]).to.deep.equal([false, false]);
    await page.webchat.updateComplete;
    expect(page.has('.start')).to.equal(true);
    expect(press({})).to.equal(true);
    await page.until(() => page.has('.line.out'));
    expect(page.one<HTMLTextAreaElement>('textarea').value).to.equal('');
  });

  it('keeps what is written for the next page of this tab', async () => {
    const page = await shop.mountOpen();
    page.write('Ainda estou escrev');
    page.leave();
    const next = await shop.mountOpen();
    expect(next.one<HTMLTextAreaElement>('textarea').value).to.equal('Ainda estou escrev');
  });

  it('shows at once what the agent writes while a message is on its way', async () => {
    const page = await shop.mountServed();
    const release = page.network.hold('POST /v1/webchat/conversations');
    page.send('É o 8812');
    await page.until(() => page.one('.pending').textContent.includes('Enviando'));
    await shop.answer('Qual é o número?');
    await page.until(() => page.text().includes('Qual é o número?'));
    release();
    await page.until(() => !page.has('.pending'));
    await eventually(async () => (await shop.texts()).length === 3);
  });
});
