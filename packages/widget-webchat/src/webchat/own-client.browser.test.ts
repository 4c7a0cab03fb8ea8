/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { closeAll, inMarkup, noForm, Shop, type SeenWebchat } from '../testing/mount.ts';
import { Network } from '../testing/network.ts';
import { putOnPage } from '../testing/page-network.ts';

const pdf = new File(['%PDF-1.4\n%%EOF\n'], 'nota-fiscal-8812.pdf', { type: 'application/pdf' });

describe('<prosa-webchat> in the markup of a page', () => {
  let shop: Shop;
  let network: Network;
  let takeAway: () => void;

  beforeEach(async () => {
    shop = await Shop.open(noForm);
    network = new Network(shop.gateway.fetch);
    takeAway = putOnPage(network, shop.gateway.baseUrl);
  });
  afterEach(async () => {
    await closeAll();
    takeAway();
  });

  const mount = (): Promise<SeenWebchat> =>
    inMarkup({ 'base-url': shop.gateway.baseUrl, 'webchat-key': shop.webchatKey, open: '' });

  async function begin(): Promise<SeenWebchat> {
    const page = await mount();
    await page.until(() => page.has('.composer'));
    page.send('Oi');
    await page.until(() => page.has('.line.out .ticks'));
    return page;
  }

  async function complaints(attributes: Record<string, string>): Promise<readonly string[]> {
    const heard: string[] = [];
    const { warn } = console;
    console.warn = (...values: unknown[]) => heard.push(values.map(String).join(' '));
    try {
      const { webchat } = await inMarkup({ ...attributes, open: '' });
      for (const open of [false, true]) {
        webchat.open = open;
        await webchat.updateComplete;
        expect(webchat.shadowRoot?.textContent.trim()).to.equal('');
      }
    } finally {
      console.warn = warn;
    }
    return heard;
  }

  it('shows nothing without an address and a key', async () => {
    expect(await complaints({})).to.deep.equal([]);
  });

  it('shows nothing for an address that is none, and says so once', async () => {
    const [complaint, ...more] = await complaints({ 'base-url': 'ftp://gateway.test', 'webchat-key': shop.webchatKey });
    expect(complaint).to.contain('baseUrl must be an http(s) address');
    expect(more).to.deep.equal([]);
  });

  it('shows nothing for a key that is still a placeholder, and says so once', async () => {
    const [complaint, ...more] = await complaints({ 'base-url': shop.gateway.baseUrl, 'webchat-key': 'wck_…' });
    expect(complaint).to.contain('"wck_…" is no webchat key');
    expect(more).to.deep.equal([]);
  });

  it('finds its conversation again on the next page of the browser', async () => {
    const page = await begin();
    page.webchat.remove();
    const next = await mount();
    await next.until(() => next.text().includes('Oi'));
    await shop.accept();
    await next.until(() => next.one('.head').textContent.includes('Ana'));
  });

  it('works where the browser keeps nothing', async () => {
    const { getItem, setItem } = Storage.prototype;
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    Object.assign(Storage.prototype, { getItem: refuse, setItem: refuse });
    try {
      await begin();
      expect(await shop.texts()).to.deep.equal(['Oi']);
    } finally {
      Object.assign(Storage.prototype, { getItem, setItem });
    }
  });

  it('shows how much of a file has left', async () => {
    const page = await begin();
    const release = network.hold('POST /v1/webchat/attachments');
    page.choose(pdf);
    await page.until(() => page.one<HTMLProgressElement>('progress').value === 50, 'it does not move');
    expect(page.one('progress').getAttribute('aria-label')).to.equal('Enviando, 50 %');
    release();
    await page.until(() => page.button('Baixar nota-fiscal-8812.pdf'));
  });

  it('stops a file on its way', async () => {
    const page = await begin();
    const release = network.hold('POST /v1/webchat/attachments');
    page.choose(pdf);
    await page.until(() => page.has('.pending progress'));
    page.button('Cancelar envio').click();
    release();
    await page.until(() => !page.has('.pending'));
    page.send('Era outra coisa');
    await page.until(() => page.all('.ticks').length === 2);
    expect(page.has('.file')).to.equal(false);
  });

  it('is another webchat when it gets another key', async () => {
    const page = await begin();
    const webchatKey = await shop.gateway.createWebchat({ ...noForm, title: 'Assistência' });
    page.webchat.webchatKey = webchatKey;
    await page.until(() => page.one('#title').textContent === 'Assistência');
    expect(page.has('.start')).to.equal(true);
  });

  it('ends what it began when it leaves the page', async () => {
    const page = await begin();
    page.webchat.remove();
    await Promise.resolve();
    const before = network.requests.length;
    await shop.accept();
    await shop.answer('Alguém aí?');
    await shop.gateway.delivered();
    expect(network.requests.slice(before)).to.deep.equal([]);
  });
});
