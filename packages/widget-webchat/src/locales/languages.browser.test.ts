/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { closeAll, noForm, Shop } from '../testing/mount.ts';

describe('the words of <prosa-webchat>', () => {
  afterEach(closeAll);

  for (const [lang, write, launcher, waiting] of [
    ['en-GB', 'Write a message', 'Close the chat', 'We will be with you soon'],
    ['es', 'Escribe un mensaje', 'Cerrar el chat', 'Te atendemos enseguida'],
    ['fr', 'Escreva uma mensagem', 'Fechar o chat', 'Já vamos atender você'],
  ] as const) {
    it(`are those of a page in ${lang}, or Portuguese`, async () => {
      const shop = await Shop.open(noForm);
      const page = await shop.mountOpen({ lang });
      expect(page.one<HTMLTextAreaElement>('textarea').placeholder).to.equal(write);
      expect(page.one('.launcher').getAttribute('aria-label')).to.equal(launcher);
      page.send('Hola');
      await page.until(() => page.one('.head').textContent.includes(waiting), 'the header speaks another language');
    });
  }

  it('say in which language they are', async () => {
    const shop = await Shop.open(noForm);
    const page = await shop.mountOpen({ lang: 'en-GB' });
    expect(page.one('.frame').lang).to.equal('en');
  });

  it('change with the language of the element', async () => {
    const shop = await Shop.open(noForm);
    const page = await shop.mountOpen();
    page.write('Ainda');
    page.webchat.lang = 'es';
    await page.until(() => page.one<HTMLTextAreaElement>('textarea').placeholder === 'Escribe un mensaje');
    expect(page.one<HTMLTextAreaElement>('textarea').value).to.equal('Ainda');
  });

  it('can be the own words of the page', async () => {
    const shop = await Shop.open(noForm);
    const page = await shop.mountOpen({
      prepare: (webchat) => (webchat.strings = { write: 'Pergunte ao time da Cacau', openChat: 'Falar com a Cacau' }),
    });
    expect(page.one<HTMLTextAreaElement>('textarea').placeholder).to.equal('Pergunte ao time da Cacau');
    expect(page.one('.send').getAttribute('aria-label')).to.equal('Enviar');
    page.webchat.strings = undefined;
    await page.until(() => page.one<HTMLTextAreaElement>('textarea').placeholder === 'Escreva uma mensagem');
  });
});
