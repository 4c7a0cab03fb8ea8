/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { closeAll, noForm, Shop, type MountedWebchat } from '../testing/mount.ts';

const asked = { name: 'required', email: 'optional', subjects: ['Pedidos', 'Trocas'] } as const;

const errorOf = (page: MountedWebchat, field: string) =>
  page.root.querySelector(`#start-${field}-error`)?.textContent.trim() ?? null;

describe('the form before the first message', () => {
  afterEach(closeAll);

  it('keeps what was written until everything that is asked for is there', async () => {
    const shop = await Shop.open({ form: { ...asked, email: 'required' } });
    const page = await shop.mountOpen();
    page.send('Meu pedido não chegou');
    await page.until(() => page.focused()?.matches('#start-name'), 'the first wrong field has not the focus');
    expect(errorOf(page, 'name')).to.equal('Diga o seu nome para a gente saber como chamar você.');
    expect(errorOf(page, 'email')).to.equal('Informe o seu e-mail.');
    expect(errorOf(page, 'subject')).to.equal('Escolha um assunto para começar.');
    const name = page.one('#start-name');
    expect(name.getAttribute('aria-invalid')).to.equal('true');
    expect(name.getAttribute('aria-describedby')).to.equal('start-name-error');
    expect(page.one('.subjects').getAttribute('aria-describedby')).to.equal('start-subject-error');
    expect(page.one<HTMLTextAreaElement>('textarea').value).to.equal('Meu pedido não chegou');
    expect(page.network.count('POST')).to.equal(0);
  });

  it('stops complaining about a field as soon as it changes, and goes to the next that is wrong', async () => {
    const shop = await Shop.open({ form: asked });
    const page = await shop.mountOpen();
    page.send('Oi');
    await page.until(() => errorOf(page, 'name'));
    page.fill('#start-name', 'Marina');
    await page.until(() => errorOf(page, 'name') === null);
    page.fill('#start-email', 'marina@');
    page.send('Oi');
    await page.until(() => page.focused()?.matches('#start-email'), 'the e-mail has not the focus');
    expect(errorOf(page, 'email')).to.contain('Confira o e-mail');
    page.fill('#start-email', '');
    page.send('Oi');
    await page.until(() => page.focused()?.matches('.pill input'), 'the subjects have not the focus');
    page.one('.pill input').click();
    await page.until(() => errorOf(page, 'subject') === null);
    page.send('Oi');
    await page.until(() => page.has('.line.out .ticks'), 'it does not go out');
  });

  it('is asked for a file, too', async () => {
    const shop = await Shop.open({ form: asked });
    const page = await shop.mountOpen();
    page.choose(new File(['%PDF-1.4\n%%EOF\n'], 'nota.pdf', { type: 'application/pdf' }));
    await page.until(() => errorOf(page, 'name'));
    expect(page.network.count('POST')).to.equal(0);
  });

  it('begins a conversation with what was said, and with the page without what may be private in its address', async () => {
    const shop = await Shop.open({ form: asked });
    const page = await shop.mountOpen();
    page.fill('#start-name', '  Marina Souza ');
    page.fill('#start-email', 'marina@exemplo.com.br');
    page.all('.pill input')[1]!.click();
    page.send('Quero trocar uma caneca');
    await page.until(() => page.has('.line.out .ticks'));
    const conversation = await shop.conversation();
    expect(conversation.subject).to.equal('Trocas');
    expect(conversation.contact.name).to.equal('Marina Souza');
    expect(conversation.pageUrl).to.equal(`${location.origin}${location.pathname}`);
    const contact = await shop.ana.contacts.get(conversation.contact.id);
    expect(contact.email).to.equal('marina@exemplo.com.br');
    expect(await shop.texts()).to.deep.equal(['Quero trocar uma caneca']);
  });

  it('asks nothing when nothing is to be asked', async () => {
    const shop = await Shop.open({ ...noForm, greeting: 'Oi! O que você procura?', subtitle: 'Até as 18h.' });
    const page = await shop.mountOpen();
    expect(page.all('.start input')).to.have.length(0);
    expect(page.one('.start').textContent).to.contain('Oi! O que você procura?');
    expect(page.one('.head').textContent).to.contain('Até as 18h.');
  });

  it('says which fields may stay empty', async () => {
    const shop = await Shop.open({ form: asked });
    const page = await shop.mountOpen();
    expect(page.one('label[for=start-email]').textContent).to.contain('(opcional)');
    expect(page.one('label[for=start-name]').textContent).not.to.contain('opcional');
    expect(page.one<HTMLInputElement>('#start-name').required).to.equal(true);
  });
});
