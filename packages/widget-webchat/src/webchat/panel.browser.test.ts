/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { closeAll, noForm, Shop, type MountedWebchat } from '../testing/mount.ts';

describe('the panel of <prosa-webchat>', () => {
  afterEach(closeAll);

  it('opens from the launcher and gives the focus to where one writes', async () => {
    const shop = await Shop.open(noForm);
    const page = await shop.mount();
    await page.until(() => page.has('.launcher'));
    const launcher = page.one('.launcher');
    expect(launcher.getAttribute('aria-label')).to.equal('Abrir o chat');
    expect(launcher.getAttribute('aria-expanded')).to.equal('false');
    expect(page.one<HTMLDialogElement>('dialog').open).to.equal(false);
    launcher.click();
    await page.until(() => page.focused()?.matches('.composer textarea'), 'the composer has not the focus');
    expect(page.one<HTMLDialogElement>('dialog').open).to.equal(true);
    expect(launcher.getAttribute('aria-label')).to.equal('Fechar o chat');
    expect(launcher.getAttribute('aria-expanded')).to.equal('true');
    expect(page.one('dialog').getAttribute('aria-label')).to.equal('Loja Cacau');
  });

  it('closes with Escape, and the focus goes back to the launcher', async () => {
    const shop = await Shop.open(noForm);
    const page = await shop.mountOpen();
    await page.until(() => page.focused()?.matches('textarea'));
    await sendKeys({ press: 'Escape' });
    await page.until(() => !page.one<HTMLDialogElement>('dialog').open, 'it stays open');
    expect(page.webchat.open).to.equal(false);
    expect(page.focused() === page.one('.launcher')).to.equal(true);
  });

  it('closes from its own button', async () => {
    const shop = await Shop.open(noForm);
    const page = await shop.mountOpen();
    page.button('Fechar o chat').focus();
    page.button('Fechar o chat').click();
    await page.until(() => !page.webchat.open);
    await page.until(() => page.focused() === page.one('.launcher'));
  });

  it('leaves Escape alone while a word is being composed', async () => {
    const shop = await Shop.open(noForm);
    const page = await shop.mountOpen();
    const composing = new KeyboardEvent('keydown', { key: 'Escape', isComposing: true, bubbles: true });
    page.one('textarea').dispatchEvent(composing);
    await page.webchat.updateComplete;
    expect(page.webchat.open).to.equal(true);
  });

  it('leaves the focus where it is when the page closes it', async () => {
    const shop = await Shop.open(noForm);
    const page = await shop.mountOpen();
    await page.until(() => page.focused()?.matches('textarea'));
    const elsewhere = document.createElement('button');
    page.webchat.parentElement!.append(elsewhere);
    elsewhere.focus();
    page.webchat.closePanel();
    await page.until(() => !page.one<HTMLDialogElement>('dialog').open);
    expect(document.activeElement === elsewhere).to.equal(true);
  });

  it('hides launcher and panel, and shows the launcher again', async () => {
    const shop = await Shop.open(noForm);
    const page = await shop.mountOpen();
    page.webchat.hide();
    await page.until(() => !page.one('.launcher').checkVisibility());
    expect(page.webchat.open).to.equal(false);
    page.webchat.show();
    await page.until(() => page.one('.launcher').checkVisibility());
    expect(page.one<HTMLDialogElement>('dialog').open).to.equal(false);
  });

  it('fills the box of the element, without a launcher', async () => {
    const shop = await Shop.open(noForm);
    const page = await shop.mount({ inline: true });
    await page.until(() => page.has('.composer'));
    expect(page.has('.launcher')).to.equal(false);
    expect(page.has('dialog')).to.equal(false);
    expect(page.has('[data-action=close]')).to.equal(false);
    expect(page.one('section').getAttribute('aria-label')).to.equal('Loja Cacau');
    const { width, height } = page.one('section').getBoundingClientRect();
    const host = page.webchat.getBoundingClientRect();
    expect([width, height]).to.deep.equal([host.width, host.height]);
  });

  describe('with the keyboard alone', () => {
    let shop: Shop;
    let page: MountedWebchat;

    /** Goes on with Tab until the element has the focus. */
    async function tabTo(selector: string): Promise<void> {
      for (let step = 0; step < 20; step++) {
        if (page.focused()?.matches(selector)) return;
        await sendKeys({ press: 'Tab' });
      }
      throw new Error(`Tab does not reach ${selector}; it is at ${page.focused()?.outerHTML ?? 'nothing'}`);
    }

    beforeEach(async () => {
      shop = await Shop.open({ form: { name: 'required', email: 'optional', subjects: ['Pedidos', 'Trocas'] } });
      await shop.server.surveys.create({ instrument: 'csat', name: 'Fim do atendimento' });
      page = await shop.mount();
      await page.until(() => page.has('.launcher'));
    });

    it('is opened, written in, ended, rated and begun anew', async () => {
      await tabTo('.launcher');
      await sendKeys({ press: 'Enter' });
      await page.until(() => page.focused()?.matches('#start-name'), 'the first field has not the focus');
      await sendKeys({ type: 'Marina Souza' });
      await tabTo('.pill input');
      await sendKeys({ press: 'ArrowDown' });
      await tabTo('.composer textarea');
      await sendKeys({ type: 'Quero trocar uma caneca' });
      await sendKeys({ press: 'Enter' });
      await page.until(() => page.has('.line.out .ticks'), 'nothing went out');
      const { subject, contact } = await shop.conversation();
      expect([subject, contact.name]).to.deep.equal(['Trocas', 'Marina Souza']);
      expect(page.focused()?.matches('.composer textarea')).to.equal(true);

      await shop.accept();
      await page.until(() => page.one('.head').textContent.includes('Ana'));
      await sendKeys({ down: 'Shift' });
      await tabTo('[data-action=end]');
      await sendKeys({ up: 'Shift' });
      await sendKeys({ press: 'Enter' });
      await page.until(() => page.focused()?.matches('[data-action=keep]'), 'the question has not the focus');
      await tabTo('[data-action=confirm-end]');
      await sendKeys({ press: 'Enter' });

      await page.until(() => page.focused()?.matches('.survey input'), 'the survey has not the focus');
      await sendKeys({ press: 'ArrowRight' });
      await page.until(() => page.has('.survey [type=submit]'));
      await tabTo('#survey-comment');
      await sendKeys({ type: 'Fui bem atendida' });
      await tabTo('.survey [type=submit]');
      await sendKeys({ press: 'Enter' });
      await page.until(() => page.has('.survey.answered'), 'the answer is not taken');
      await page.until(() => page.focused()?.matches('[data-action=start-over]'), 'the focus is lost with the survey');

      await sendKeys({ press: 'Enter' });
      await page.until(() => page.focused()?.matches('#start-email'), 'the new form has not the focus');
      await sendKeys({ press: 'Escape' });
      await page.until(() => page.focused()?.matches('.launcher'));
    });
  });
});
