/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { closeAll, noForm, Shop, still } from '../testing/mount.ts';

const backgroundOf = (element: Element) => getComputedStyle(element).backgroundColor;

describe('the look of <prosa-webchat>', () => {
  afterEach(closeAll);

  it('has the accent of its settings', async () => {
    const shop = await Shop.open({ ...noForm, accent: '#7c3aed' });
    const page = await shop.mountOpen();
    expect(backgroundOf(page.one('.launcher'))).to.equal('rgb(124, 58, 237)');
  });

  it('has the accent that the page gives it, before the one of its settings', async () => {
    const shop = await Shop.open({ ...noForm, accent: '#7c3aed' });
    const page = await shop.mount({
      prepare: (webchat) => {
        webchat.style.setProperty('--prosa-accent', 'rgb(0, 80, 120)');
      },
    });
    await page.until(() => page.has('.launcher'));
    expect(backgroundOf(page.one('.launcher'))).to.equal('rgb(0, 80, 120)');
  });

  it('stands where its settings say', async () => {
    const shop = await Shop.open({ ...noForm, position: 'left' });
    const page = await shop.mountOpen();
    expect(page.one('.launcher').getBoundingClientRect().left).to.be.lessThan(40);
    expect(page.one('dialog').getBoundingClientRect().left).to.be.lessThan(40);
  });

  describe('on a phone', () => {
    beforeEach(() => setViewport({ width: 390, height: 740 }));
    afterEach(() => setViewport({ width: 800, height: 600 }));

    it('takes the whole screen, without the keyboard jumping up', async () => {
      const shop = await Shop.open(noForm);
      const page = await shop.mountOpen();
      const dialog = page.one<HTMLDialogElement>('dialog');
      await still(page.root);
      const { width, height, top, left } = dialog.getBoundingClientRect();
      expect([top, left, width, height]).to.deep.equal([0, 0, innerWidth, innerHeight]);
      expect(page.focused() === dialog).to.equal(true);
      expect(dialog.matches(':modal')).to.equal(true);
    });

    it('closes with the back gesture, and does not open by itself on the next page', async () => {
      const shop = await Shop.open(noForm);
      const page = await shop.mountOpen();
      page.leave();
      const next = await shop.mount();
      await next.until(() => next.has('.launcher'));
      expect(next.webchat.open).to.equal(false);
      await next.openPanel();
      next.one('dialog').dispatchEvent(new Event('cancel', { cancelable: true }));
      await next.until(() => !next.webchat.open && !next.one<HTMLDialogElement>('dialog').open);
    });

    it('goes on beside the page when the screen is turned', async () => {
      const shop = await Shop.open(noForm);
      const page = await shop.mountServed();
      await setViewport({ width: 900, height: 400 });
      await page.until(() => !page.one('dialog').matches(':modal'), 'it stays over the page');
      expect(page.one<HTMLDialogElement>('dialog').open).to.equal(true);
      expect(page.one('dialog').getBoundingClientRect().height).to.be.lessThan(400);
    });
  });
});
