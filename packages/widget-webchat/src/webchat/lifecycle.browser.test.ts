/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { memoryWebchatStorage } from '@prosa/core/webchat';
import { closeAll, eventually, noForm, Shop } from '../testing/mount.ts';
import type { WebchatEventName } from './webchat-events.ts';

describe('<prosa-webchat> on a page', () => {
  afterEach(closeAll);

  async function warnings(act: () => Promise<void>): Promise<readonly unknown[]> {
    const heard: unknown[] = [];
    const { warn } = console;
    console.warn = (...values: unknown[]) => heard.push(...values);
    try {
      await act();
    } finally {
      console.warn = warn;
    }
    return heard;
  }

  it('shows nothing on a page that is not listed, and tells whoever built it', async () => {
    const shop = await Shop.open({ origins: ['https://loja.exemplo.com.br'] });
    const told = await warnings(async () => {
      const page = await shop.mount();
      page.webchat.openPanel();
      await page.until(() => page.client.value.status === 'failed');
      await page.webchat.updateComplete;
      expect(page.webchat.shadowRoot?.textContent.trim()).to.equal('');
    });
    expect(told).to.have.length(1);
    expect(String(told[0])).to.contain(location.origin);
  });

  it('shows nothing for a key that there is not', async () => {
    const shop = await Shop.open();
    const told = await warnings(async () => {
      const page = await shop.mount({ webchatKey: `wck_${'0'.repeat(24)}` });
      await page.until(() => page.client.value.status === 'failed');
      await page.webchat.updateComplete;
      expect(page.has('.launcher')).to.equal(false);
    });
    expect(told).to.have.length(1);
  });

  for (const [name, baseUrl, webchatKey, reason] of [
    ['a key that is still a placeholder', 'http://gateway.test', 'wck_…', '"wck_…" is no webchat key'],
    ['an address that is none', 'ftp://gateway.test', 'wck_00000000000000000000', 'baseUrl must be'],
  ] as const) {
    it(`shows nothing for ${name}, and says so once`, async () => {
      const webchat = document.createElement('prosa-webchat');
      Object.assign(webchat, { baseUrl, webchatKey, open: true });
      const told = await warnings(async () => {
        document.body.append(webchat);
        await webchat.updateComplete;
        webchat.closePanel();
        await webchat.updateComplete;
        webchat.openPanel();
        await webchat.updateComplete;
      });
      expect(webchat.shadowRoot?.textContent.trim()).to.equal('');
      webchat.remove();
      expect(told.map(String)).to.have.length(1);
      expect(String(told[0])).to.contain(reason);
    });
  }

  it('offers to try again when it could not be loaded', async () => {
    const shop = await Shop.open(noForm);
    const errors: unknown[] = [];
    const failing = { status: 503, code: 'unavailable' } as const;
    const page = await shop.mount({
      prepareNetwork: (network) => {
        network.fail('/config', failing);
      },
      prepare: (webchat) => {
        webchat.on('error', ({ error }) => errors.push(error));
      },
    });
    await page.until(() => page.client.value.status === 'failed');
    expect(errors).to.have.length(1);
    await page.until(() => page.has('.launcher'), 'there is no way in');
    page.one('.launcher').click();
    await page.until(() => page.has('dialog[open] .state [role=alert]'), 'the visitor is not told');
    expect(page.one('.state').textContent).to.contain('Não foi possível abrir o chat agora.');
    page.network.heal();
    page.button('Tentar de novo').click();
    await page.until(() => page.has('.composer'), 'it is not tried again');
  });

  it('comes back open on the next page of the tab, without taking the focus', async () => {
    const shop = await Shop.open(noForm);
    const storage = memoryWebchatStorage();
    const page = await shop.mountServed({ storage });
    page.leave();
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    const next = await shop.mount({ storage });
    await next.until(() => next.text().includes('Meu pedido não chegou'));
    expect(next.one<HTMLDialogElement>('dialog').open).to.equal(true);
    await next.webchat.updateComplete;
    expect(document.activeElement === field).to.equal(true);
    field.remove();
    next.webchat.closePanel();
    await next.webchat.updateComplete;
    next.leave();
    const third = await shop.mount({ storage });
    await third.until(() => third.has('.launcher'));
    expect(third.webchat.open).to.equal(false);
  });

  it('goes on when the page moves it', async () => {
    const shop = await Shop.open(noForm);
    const page = await shop.mountServed();
    page.write('Escrevendo');
    const elsewhere = document.createElement('div');
    page.webchat.parentElement!.after(elsewhere);
    elsewhere.append(page.webchat);
    await shop.answer('Estou aqui');
    await page.until(() => page.text().includes('Estou aqui'));
    expect(page.one<HTMLTextAreaElement>('.composer textarea').value).to.equal('Escrevendo');
    expect(page.one<HTMLDialogElement>('dialog').open).to.equal(true);
    elsewhere.remove();
  });

  it('tells the page what happens, with what', async () => {
    const shop = await Shop.open(noForm);
    const heard: [WebchatEventName, object][] = [];
    const page = await shop.mount({
      prepare: (webchat) => {
        const names = ['ready', 'opened', 'closed', 'message', 'unread', 'started', 'ended', 'error'] as const;
        for (const name of names) webchat.on(name, (detail) => heard.push([name, detail]));
      },
    });
    const names = () => heard.map(([name]) => name);
    await page.openPanel();
    page.send('Oi');
    await page.until(() => names().includes('started'));
    const { id } = await shop.accept();
    page.webchat.closePanel();
    await eventually(() => names().includes('closed'));
    heard.length = 0;
    await shop.answer('Pois não?');
    await eventually(() => names().includes('message') && names().includes('unread'));
    const message = heard.find(([name]) => name === 'message')?.[1] as { message: { content: unknown } };
    expect(message.message.content).to.deep.equal({ type: 'text', text: 'Pois não?' });
    expect(heard.find(([name]) => name === 'unread')?.[1]).to.deep.equal({ count: 1 });
    await page.openPanel();
    await eventually(() =>
      heard.some(([name, detail]) => name === 'unread' && 'count' in detail && detail.count === 0),
    );
    await shop.finish();
    await eventually(() => names().includes('ended'));
    expect(heard.find(([name]) => name === 'ended')?.[1]).to.have.nested.property('conversation.id', id);
    expect(names().filter((name) => name === 'ended')).to.have.length(1);
    expect(names()).not.to.include('error');
  });

  it('is ready once, and does not call an earlier conversation a new one', async () => {
    const shop = await Shop.open(noForm);
    const storage = memoryWebchatStorage();
    (await shop.mountServed({ storage })).leave();
    const heard: string[] = [];
    const page = await shop.mount({
      storage,
      prepare: (webchat) => {
        for (const name of ['ready', 'started'] as const) webchat.on(name, () => heard.push(name));
      },
    });
    await page.until(() => page.client.value.conversation && page.has('.composer'));
    page.send('Ainda aqui');
    await page.until(() => page.all('.ticks').length === 2);
    expect(heard).to.deep.equal(['ready']);
  });

  it('stops telling whoever does not listen any more, and refuses names that there are not', async () => {
    const shop = await Shop.open(noForm);
    const page = await shop.mountOpen();
    let calls = 0;
    const stop = page.webchat.on('closed', () => calls++);
    stop();
    page.webchat.closePanel();
    await page.webchat.updateComplete;
    expect(calls).to.equal(0);
    expect(() => page.webchat.on('close' as 'closed', () => undefined)).to.throw(
      TypeError,
      'there is no event "close"',
    );
  });

  it('asks for nothing of a visitor before they write', async () => {
    const shop = await Shop.open();
    const page = await shop.mountOpen();
    expect(page.network.requests).to.deep.equal(['GET /v1/webchat/config']);
  });
});
