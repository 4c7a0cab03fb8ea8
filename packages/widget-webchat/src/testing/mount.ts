import { fixture, fixtureCleanup } from '@open-wc/testing';
import { createClient, type ProsaClient } from '@prosa/core';
import {
  createWebchatClient,
  memoryWebchatStorage,
  type WebchatClient,
  type WebchatStorage,
} from '@prosa/core/webchat';
import type { Conversation } from '@prosa/core/contract';
import { createTestGateway, type TestGateway } from '@prosa/gateway/testing';
import { html } from 'lit';
import '../define.ts';
import type { ProsaWebchat } from '../webchat/prosa-webchat.ts';
import { Network } from './network.ts';
import { see, type SeenWebchat } from './seen-webchat.ts';

export { eventually, still, type SeenWebchat } from './seen-webchat.ts';

type Settings = NonNullable<Parameters<TestGateway['createWebchat']>[0]>;

export interface MountOptions {
  readonly lang?: string;
  readonly theme?: 'light' | 'dark';
  readonly inline?: boolean;
  /** A webchat of its own when absent. */
  readonly webchatKey?: string;
  /** A browser of its own when absent. */
  readonly storage?: WebchatStorage;
  readonly prepareStorage?: (storage: WebchatStorage) => void;
  readonly prepareNetwork?: (network: Network) => void;
  /** Before the element is on the page. */
  readonly prepare?: (webchat: ProsaWebchat) => void;
}

/** Nothing is asked before the first message. */
export const noForm: Settings = { form: { name: 'hidden', email: 'hidden', subjects: [] } };

/** With what is behind it. */
export interface MountedWebchat extends SeenWebchat {
  readonly client: WebchatClient;
  /** What the browser keeps. */
  readonly storage: WebchatStorage;
  readonly network: Network;
  /** Off the page, as when it is left. */
  leave(): void;
}

const clients: { destroy(): void }[] = [];
const gateways: TestGateway[] = [];
const webchatKeys: string[] = [];

/** The shop's gateway, and the team behind it. */
export class Shop {
  readonly gateway: TestGateway;
  readonly webchatKey: string;
  /** Ana attends. */
  readonly ana: ProsaClient;
  /** The shop's own server. */
  readonly server: ProsaClient;

  private constructor(gateway: TestGateway, webchatKey: string, ana: ProsaClient, server: ProsaClient) {
    this.gateway = gateway;
    this.webchatKey = webchatKey;
    this.ana = ana;
    this.server = server;
  }

  static async open(settings: Settings = {}): Promise<Shop> {
    const gateway = await createTestGateway();
    gateways.push(gateway);
    const webchatKey = await gateway.createWebchat({ title: 'Loja Cacau', ...settings });
    webchatKeys.push(webchatKey);
    const { token } = await gateway.createAgent({ name: 'Ana Prado' });
    return new Shop(gateway, webchatKey, connect(gateway, token), connect(gateway, gateway.apiKey));
  }

  /** Somebody else of the team. */
  async colleague(name: string): Promise<ProsaClient> {
    const { token } = await this.gateway.createAgent({ name });
    return connect(this.gateway, token);
  }

  /** The conversation that began last. */
  async conversation(): Promise<Conversation> {
    const { data } = await this.ana.conversations.list({ tab: 'all', limit: 1 });
    const [newest] = data;
    if (!newest) throw new Error('there is no conversation');
    return newest;
  }

  async accept(): Promise<Conversation> {
    const { id } = await this.conversation();
    return await this.ana.conversations.accept(id);
  }

  async finish(): Promise<void> {
    const { id } = await this.conversation();
    await this.ana.conversations.close(id, { outcome: 'resolved' });
  }

  async answer(text: string): Promise<void> {
    const { id } = await this.conversation();
    await this.ana.messages.send(id, { type: 'text', text });
  }

  /** What people have said in the newest conversation, as its agents see it, oldest first. */
  async texts(): Promise<readonly string[]> {
    const { id } = await this.conversation();
    const { data } = await this.ana.messages.list(id, { limit: 100 });
    return data
      .flatMap(({ author, content }) => (author.kind !== 'system' && content.type === 'text' ? [content.text] : []))
      .reverse();
  }

  async mount(options: MountOptions = {}): Promise<MountedWebchat> {
    const { webchatKey = this.webchatKey, storage = memoryWebchatStorage(), prepare } = options;
    const network = new Network(this.gateway.fetch);
    options.prepareNetwork?.(network);
    options.prepareStorage?.(storage);
    const { baseUrl } = this.gateway;
    const client = createWebchatClient({ baseUrl, webchatKey, storage, fetch: network.fetch });
    clients.push(client);
    const frame = await fixture<HTMLElement>(html`<div lang=${options.lang ?? 'pt-BR'}></div>`);
    const webchat = document.createElement('prosa-webchat');
    webchat.client = client;
    webchat.webchatKey = webchatKey;
    webchat.theme = options.theme ?? 'light';
    webchat.inline = options.inline ?? false;
    prepare?.(webchat);
    frame.append(webchat);
    await webchat.updateComplete;
    const leave = () => {
      webchat.remove();
      client.destroy();
    };
    return { ...see(webchat), client, storage, network, leave };
  }

  /** A page on which the webchat is ready, and its panel open. */
  async mountOpen(options: MountOptions = {}): Promise<MountedWebchat> {
    const page = await this.mount(options);
    await page.openPanel();
    return page;
  }

  /** A visitor in the middle of a conversation that Ana attends. */
  async mountServed(options: MountOptions = {}): Promise<MountedWebchat> {
    const page = await this.mountOpen(options);
    page.send('Meu pedido não chegou');
    await page.until(() => page.has('.line.out .ticks'), 'the first message does not go out');
    await this.accept();
    await page.until(() => page.one('.head').textContent.includes('Ana'), 'nobody attends');
    return page;
  }
}

/** The element as a page's markup makes it, with a client of its own. */
export async function inMarkup(attributes: Readonly<Record<string, string>>): Promise<SeenWebchat> {
  const frame = await fixture<HTMLElement>(html`<div lang="pt-BR"></div>`);
  const webchat = document.createElement('prosa-webchat');
  for (const [name, value] of Object.entries(attributes)) webchat.setAttribute(name, value);
  frame.append(webchat);
  await webchat.updateComplete;
  return see(webchat);
}

/** After each test: what it opened is closed, and what the tab remembers forgotten. */
export async function closeAll(): Promise<void> {
  fixtureCleanup();
  for (const client of clients.splice(0)) client.destroy();
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  sessionStorage.clear();
  // Other tests run in other tabs of this browser: only what is of these webchats.
  const keys = webchatKeys.splice(0);
  for (const name of Object.keys(localStorage)) {
    if (keys.some((key) => name.includes(key))) localStorage.removeItem(name);
  }
}

function connect({ baseUrl, fetch }: TestGateway, token: string | (() => Promise<string>)): ProsaClient {
  const client = createClient({ baseUrl, token, fetch, storage: null });
  clients.push(client);
  return client;
}
