/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { closeAll, eventually, noForm, Shop } from '../testing/mount.ts';
import { Network } from '../testing/network.ts';
import { putOnPage } from '../testing/page-network.ts';
import type { ProsaWebchat } from '../webchat/prosa-webchat.ts';
import type { ProsaPageApi } from './page-api.ts';
import { startLoader } from './start-loader.ts';

describe('the script of a website', () => {
  let shop: Shop;
  let network: Network;
  let takeAway: () => void;
  let complaints: string[];
  const { warn, error } = console;

  beforeEach(async () => {
    shop = await Shop.open(noForm);
    network = new Network(shop.gateway.fetch);
    takeAway = putOnPage(network, shop.gateway.baseUrl);
    complaints = [];
    const hear = (...values: unknown[]) => complaints.push(values.map(String).join(' '));
    Object.assign(console, { warn: hear, error: hear });
  });
  afterEach(async () => {
    Object.assign(console, { warn, error });
    globalThis.Prosa = undefined;
    webchats().forEach((webchat) => {
      webchat.remove();
    });
    await closeAll();
    takeAway();
  });

  const webchats = () => document.querySelectorAll('prosa-webchat');
  const webchat = (): ProsaWebchat => {
    const found = document.querySelector('prosa-webchat');
    if (!found) throw new Error('there is no webchat');
    return found;
  };

  function script(data: Record<string, string> = {}): HTMLScriptElement {
    const element = document.createElement('script');
    element.src = `${shop.gateway.baseUrl}/webchat.js`;
    Object.assign(element.dataset, { key: shop.webchatKey, ...data });
    return element;
  }

  interface Started {
    readonly api: ProsaPageApi;
    /** The definition is there. */
    readonly arrive: () => void;
    readonly fail: (error: Error) => void;
  }

  /** A loader whose definition arrives when it is told to. */
  function startSlowly(data?: Record<string, string>): Started {
    let arrive: Started['arrive'] = () => {};
    let fail: Started['fail'] = () => {};
    const definition = new Promise<void>((resolve, reject) => {
      arrive = resolve;
      fail = reject;
    });
    startLoader(script(data), () => definition);
    const api = globalThis.Prosa;
    if (!api) throw new Error('there is no Prosa on the page');
    return { api, arrive, fail };
  }

  it('says what is missing, and puts nothing on the page', () => {
    const withoutKey = script();
    delete withoutKey.dataset['key'];
    for (const wrong of [null, withoutKey]) startLoader(wrong, () => Promise.reject(new Error('nobody asked for it')));
    expect(complaints).to.deep.equal(
      Array(2).fill('unable to load the webchat; its script needs data-key="wck_…" and a src of the gateway'),
    );
    expect(globalThis.Prosa).to.equal(undefined);
    expect(webchats()).to.have.length(0);
  });

  it('stays alone when it is on the page twice', async () => {
    const { api, arrive } = startSlowly();
    startLoader(script(), () => Promise.reject(new Error('nobody asked for it')));
    expect(complaints).to.deep.equal(['unable to load the webchat twice; the page has its script already']);
    expect(globalThis.Prosa).to.equal(api);
    arrive();
    await eventually(() => webchats().length === 1);
  });

  it('says once that it could not be loaded, and what the page calls does no harm', async () => {
    const { api, fail } = startSlowly();
    api.open();
    const stop = api.on('opened', () => undefined);
    fail(new TypeError('Failed to fetch dynamically imported module'));
    const refused = await api.setUser('made.up.token').catch((reason: unknown) => reason);
    expect(refused).to.be.instanceOf(TypeError);
    api.close();
    stop();
    expect(complaints).to.have.length(1);
    expect(complaints[0]).to.contain('unable to load the webchat; TypeError: Failed to fetch');
  });

  it('puts the webchat on the page with what the markup says', async () => {
    const { arrive } = startSlowly({ lang: 'en', theme: 'dark' });
    arrive();
    await eventually(() => webchat().shadowRoot?.querySelector('.launcher'), 'it is not shown');
    expect(webchat().lang).to.equal('en');
    expect(webchat().theme).to.equal('dark');
    expect(webchat().shadowRoot?.querySelector('.launcher')?.getAttribute('aria-label')).to.equal('Open the chat');
    expect(complaints).to.deep.equal([]);
  });

  it('asks the gateway that the markup names, when the script is served elsewhere', async () => {
    const element = script({ gateway: shop.gateway.baseUrl });
    element.src = 'https://cdn.exemplo.com.br/prosa/webchat.js';
    startLoader(element, () => Promise.resolve());
    await eventually(() => webchat().shadowRoot?.querySelector('.launcher'), 'it is not shown');
    expect(webchat().baseUrl).to.equal(shop.gateway.baseUrl);
  });

  it('does in their order what the page called before the webchat was there', async () => {
    const { api, arrive } = startSlowly();
    const heard: string[] = [];
    api.on('opened', () => heard.push('opened'));
    api.on('closed', () => heard.push('closed'));
    const stop = api.on('opened', () => heard.push('never'));
    stop();
    const token = await shop.gateway.visitorToken({ externalId: 'cliente-42', name: 'Marina Souza' });
    const known = api.setUser(token);
    api.open();
    arrive();
    await known;
    await eventually(() => heard.length > 0, 'it does not open');
    api.toggle();
    await eventually(() => heard.length > 1, 'it does not close');
    api.toggle();
    await eventually(() => heard.length > 2);
    api.close();
    await eventually(() => heard.length > 3);
    expect(heard).to.deep.equal(['opened', 'closed', 'opened', 'closed']);
    expect(network.count('POST /v1/webchat/sessions')).to.equal(1);
  });

  it('hides and shows, and logs out', async () => {
    const { api, arrive } = startSlowly();
    await Promise.resolve();
    arrive();
    await api.setUser(await shop.gateway.visitorToken({ externalId: 'cliente-42', name: 'Marina Souza' }));
    api.hide();
    await eventually(() => webchat().hidden);
    api.show();
    await eventually(() => !webchat().hidden);
    const kept = () => localStorage.getItem(`prosa:webchat:${shop.webchatKey}:session`);
    expect(kept()).not.to.equal(null);
    await api.logout();
    expect(kept()).to.equal(null);
  });
});
