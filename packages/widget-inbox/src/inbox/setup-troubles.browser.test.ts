/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import { connect, disconnectAll, mountInbox } from '../testing/mount.ts';
import { sampleDesk } from '../testing/sample-desk.ts';
import { ScriptedGateway } from '../testing/scripted-gateway.ts';

describe('a page that is not set up, or refused', () => {
  const { warn } = console;
  let heard: string[];

  beforeEach(() => {
    heard = [];
    console.warn = (...values: unknown[]) => heard.push(values.map(String).join(' '));
  });
  afterEach(() => {
    console.warn = warn;
    disconnectAll();
  });

  const place = (markup: TemplateResult) => fixture<HTMLElement>(html`<div lang="pt-BR">${markup}</div>`);
  const text = (element: Element) => element.shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';
  const notSetUp = 'O atendimento ainda não foi configurado nesta página.';

  for (const [what, markup, reason] of [
    ['no client', html`<prosa-inbox></prosa-inbox>`, '<prosa-inbox>; it has no base-url or client'],
    ['no token', html`<prosa-inbox base-url="http://gateway.invalid"></prosa-inbox>`, '<prosa-inbox>; it has no token'],
    [
      'an empty token',
      html`<prosa-inbox base-url="http://gateway.invalid" token=""></prosa-inbox>`,
      '<prosa-inbox>; it has no token',
    ],
    ['no address', html`<prosa-inbox token="made-up"></prosa-inbox>`, '<prosa-inbox>; it has no base-url or client'],
    [
      'an address that is none',
      html`<prosa-inbox base-url="ftp://gateway.invalid" token="made-up"></prosa-inbox>`,
      'baseUrl must be an http(s) address',
    ],
    [
      'a customer panel without a client',
      html`<prosa-customer-panel contact-id="ctt_1"></prosa-customer-panel>`,
      '<prosa-customer-panel>; it has no base-url or client',
    ],
  ] as const) {
    it(`says so to the agent and to the console: ${what}`, async () => {
      const frame = await place(markup);
      const [element] = frame.children;
      await waitUntil(() => element && text(element).includes(notSetUp), 'it stays a skeleton', { timeout: 10_000 });
      expect(heard).to.have.length(1);
      expect(heard[0]).to.contain(reason);
      await expect(element).to.be.accessible();
    });
  }

  it('is set up as soon as there is a client', async () => {
    const { desk } = await sampleDesk();
    const frame = await place(html`<prosa-inbox></prosa-inbox>`);
    const inbox = frame.querySelector('prosa-inbox')!;
    await waitUntil(() => text(inbox).includes(notSetUp), 'it stays a skeleton', { timeout: 10_000 });
    inbox.client = connect(new ScriptedGateway(desk));
    await waitUntil(() => inbox.shadowRoot?.querySelector('.row[data-id]'), 'it does not load');
    expect(text(inbox)).to.not.contain(notSetUp);
  });

  it('tells the console once why the gateway refuses the token', async () => {
    const { until, one, client } = await mountInbox({
      prepare: (gateway) => {
        gateway.fail('events.stream', 'unauthenticated', { detail: 'The token is not a JWT.' }, Infinity);
      },
    });
    await until(() => one('.connection-notice').textContent.includes('Sua sessão expirou'));
    const { error } = client.connection.current;
    client.connection.retry();
    await until(() => client.connection.current.error !== error, 'it is not tried again');
    expect(heard).to.have.length(1);
    expect(heard[0]).to.contain('The token is not a JWT.');
  });

  it('tells the console once what may keep the page from the gateway, as long as it never reached it', async () => {
    const { gateway, client, until } = await mountInbox({
      prepare: (refusing) => {
        refusing.goOffline();
      },
    });
    await until(() => client.connection.current.state === 'reconnecting', 'it is not tried');
    await waitUntil(() => heard.length > 0, 'the console hears nothing');
    expect(heard[0]).to.contain(`allows pages of ${location.origin} (CORS)`);
    gateway.goOnline();
    client.connection.retry();
    await until(() => client.connection.current.state === 'connected', 'it does not connect');
    gateway.goOffline();
    await until(() => client.connection.current.state === 'reconnecting', 'the stream is not lost');
    expect(heard).to.have.length(1);
  });

  for (const width of [280, 480, 900, 1100]) {
    it(`shows its title beside the state of the connection, ${width} px wide`, async () => {
      const { one, until } = await mountInbox({
        width,
        prepare: (gateway) => {
          gateway.fail('events.stream', 'unauthenticated', {}, Infinity);
        },
      });
      await until(() => one('.connection').textContent.includes('Sessão expirada'));
      const title = one('.list-pane h2');
      expect(title.scrollWidth).to.equal(title.clientWidth);
      expect(title.getBoundingClientRect().right).to.be.at.most(one('.connection').getBoundingClientRect().left);
    });
  }

  it('tells the console when the page’s token has characters that none has', async () => {
    const { desk } = await sampleDesk();
    const gateway = new ScriptedGateway(desk);
    const { fetch } = globalThis;
    globalThis.fetch = gateway.fetch;
    try {
      const frame = await place(html`<prosa-inbox base-url="http://gateway.invalid" token="eyJ…"></prosa-inbox>`);
      await waitUntil(() => heard.length > 0);
      expect(heard.join()).to.contain('characters that no token has');
      expect(gateway.calls).to.deep.equal([]);
      frame.remove();
    } finally {
      globalThis.fetch = fetch;
    }
  });
});
