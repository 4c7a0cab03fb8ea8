/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect, oneEvent } from '@open-wc/testing';
import { memoryWebchatStorage } from '@prosa/core/webchat';
import { closeAll, noForm, Shop } from '../testing/mount.ts';

const form = { name: 'required', email: 'required', subjects: [] } as const;
const marina = { externalId: 'cliente-42', name: 'Marina Souza', email: 'marina@exemplo.com.br' };

describe('who the visitor is', () => {
  afterEach(closeAll);

  it('is not believed without a signature, and the visitor can still write', async () => {
    const shop = await Shop.open({ form });
    const page = await shop.mountOpen();
    const refused = await page.webchat.setUser('made.up.token').catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'unauthenticated');
    expect(page.has('#start-name')).to.equal(true);
    page.fill('#start-name', 'Alguém');
    page.fill('#start-email', 'alguem@exemplo.com.br');
    page.send('Oi');
    await page.until(() => page.has('.line.out .ticks'), 'nothing can be sent');
    expect((await shop.conversation()).contact).to.include({ name: 'Alguém', verified: false });
  });

  it('tells the page of an identity in the markup that is not believed', async () => {
    const shop = await Shop.open(noForm);
    const heard: unknown[] = [];
    const page = await shop.mount({
      prepare: (webchat) => {
        webchat.on('error', ({ error }) => heard.push(error));
        webchat.identity = 'made.up.token';
      },
    });
    await page.until(() => page.has('.launcher'), 'the webchat stays away');
    await page.until(() => heard.length > 0);
    expect(heard[0]).to.have.property('code', 'unauthenticated');
  });

  it('is what the site signed: nothing that is known is asked, and the agent sees it verified', async () => {
    const shop = await Shop.open({ form });
    const page = await shop.mount();
    await page.webchat.setUser(() => shop.gateway.visitorToken(marina));
    await page.openPanel();
    expect(page.all('.start input')).to.have.length(0);
    page.send('Cadê meu pedido?');
    await page.until(() => page.has('.line.out .ticks'));
    const { contact } = await shop.conversation();
    expect(contact).to.include({ name: 'Marina Souza', email: 'marina@exemplo.com.br', verified: true });
  });

  it('takes along what was said before logging in', async () => {
    const shop = await Shop.open(noForm);
    const page = await shop.mountServed();
    await page.webchat.setUser(await shop.gateway.visitorToken(marina));
    await page.until(() => page.text().includes('Meu pedido não chegou'), 'the conversation is gone');
    expect((await shop.conversation()).contact).to.include({ name: 'Marina Souza', verified: true });
    await shop.answer('Oi, Marina');
    await page.until(() => page.text().includes('Oi, Marina'), 'it does not go on');
  });

  it('is the same person in another browser, with the same conversation', async () => {
    const shop = await Shop.open(noForm);
    const page = await shop.mountOpen();
    await page.webchat.setUser(await shop.gateway.visitorToken(marina));
    page.send('Cadê meu pedido?');
    await page.until(() => page.has('.line.out .ticks'));
    const phone = await shop.mount();
    await phone.webchat.setUser(await shop.gateway.visitorToken(marina));
    await phone.openPanel();
    await phone.until(() => phone.text().includes('Cadê meu pedido?'));
  });

  it('leaves nothing behind when they log out', async () => {
    const shop = await Shop.open({ form });
    const page = await shop.mountOpen();
    page.fill('#start-name', 'Marina Souza');
    page.fill('#start-email', 'marina@exemplo.com.br');
    page.send('Meu pedido não chegou');
    await page.until(() => page.has('.line.out .ticks'));
    page.write('E tem mais');
    const token = (JSON.parse(page.storage.get(`prosa:webchat:${shop.webchatKey}:session`)!) as { token: string })
      .token;
    const { id } = await shop.conversation();
    await page.webchat.logout();
    await page.until(() => page.has('.start'));
    expect(page.text()).not.to.contain('Meu pedido não chegou');
    for (const selector of ['.composer textarea', '#start-name', '#start-email']) {
      expect(page.one<HTMLInputElement>(selector).value, selector).to.equal('');
    }
    for (const name of ['session', 'outbox', 'form']) {
      expect(page.storage.get(`prosa:webchat:${shop.webchatKey}:${name}`), name).to.equal(null);
    }
    expect(JSON.stringify({ ...sessionStorage })).not.to.contain('E tem mais');
    const { status } = await shop.gateway.fetch(`${shop.gateway.baseUrl}/v1/webchat/conversations/${id}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(status).to.equal(401);
  });

  it('is forgotten in every tab when they log out in one', async () => {
    const shop = await Shop.open(noForm);
    const storage = memoryWebchatStorage();
    const page = await shop.mountServed({ storage });
    const other = await shop.mountOpen({ storage });
    await other.until(() => other.text().includes('Meu pedido não chegou'));
    await page.webchat.logout();
    await other.until(() => !other.text().includes('Meu pedido não chegou'), 'the other tab still shows it');
  });

  it('gives the next person nothing of the one before', async () => {
    const shop = await Shop.open(noForm);
    const page = await shop.mountOpen();
    await page.webchat.setUser(await shop.gateway.visitorToken(marina));
    page.send('Segredo da Marina');
    await page.until(() => page.has('.line.out .ticks'));
    await page.webchat.setUser(await shop.gateway.visitorToken({ externalId: 'cliente-43', name: 'Pedro Lima' }));
    await page.until(() => page.has('.start'));
    expect(page.text()).not.to.contain('Segredo da Marina');
    const begun = oneEvent(page.webchat, 'prosa-webchat-started');
    page.send('Oi, sou o Pedro');
    await begun;
    expect((await shop.conversation()).contact.name).to.equal('Pedro Lima');
    expect(await shop.texts()).to.deep.equal(['Oi, sou o Pedro']);
  });
});
