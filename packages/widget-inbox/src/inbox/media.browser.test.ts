/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { disconnectAll, mountThread, still, type Mounted } from '../testing/mount.ts';

const links = ({ gateway }: Mounted) => gateway.calls.filter(({ name }) => name === 'attachments.url').length;
const missing = ({ root }: Mounted) => root.querySelector<HTMLElement>('.log .media-frame.missing');
const about = ({ one }: Mounted) => one('.log .audio-about').textContent.trim();
const toggle = ({ one }: Mounted) => one<HTMLButtonElement>('.log .audio-toggle');

/** The picture of the conversation did not come. */
async function withoutPicture(): Promise<Mounted> {
  const mounted = await mountThread('main', {
    prepare: (gateway) => {
      gateway.fail('attachments.url', 'forbidden');
    },
  });
  await mounted.until(() => missing(mounted));
  return mounted;
}

describe('files in a thread', () => {
  afterEach(disconnectAll);

  it('that did not come to this page are asked for again; nobody has to send them anew', async () => {
    const mounted = await withoutPicture();
    expect(missing(mounted)!.textContent)
      .to.contain('Não foi possível carregar.')
      .and.not.to.contain('Peça ao cliente');
    await still(mounted.root);
    await expect(mounted.inbox).to.be.accessible();
    missing(mounted)!.querySelector('button')!.click();
    await mounted.until(() => mounted.root.querySelector('.log .media-frame.picture img'));
  });

  it('that did not come come with the next connection', async () => {
    const mounted = await withoutPicture();
    const { connection } = mounted.client;
    mounted.gateway.goOffline();
    await mounted.until(() => connection.current.state !== 'connected');
    mounted.gateway.goOnline();
    connection.retry();
    await mounted.until(() => mounted.root.querySelector('.log .media-frame.picture img'));
  });

  it('are played with a link that is good now, and again after they could not be', async () => {
    const mounted = await mountThread('main');
    await mounted.until(() => mounted.root.querySelector('.log .audio-toggle'));
    await mounted.until(() => mounted.root.querySelector('.log .media-frame.picture img'));
    const before = links(mounted);
    mounted.gateway.fail('attachments.url', 'forbidden');
    toggle(mounted).focus();
    await sendKeys({ press: 'Enter' });
    await mounted.until(() => about(mounted) === 'Não foi possível carregar.');
    expect(links(mounted)).to.equal(before + 1);
    await sendKeys({ press: 'Enter' });
    await mounted.until(() => toggle(mounted).getAttribute('aria-label') === 'Pausar');
    expect(about(mounted)).to.match(/^0:\d\d$/);
  });
});
