import { fixture, fixtureCleanup, waitUntil } from '@open-wc/testing';
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

/** A page with the webchat on it. */
export interface MountedWebchat {
  readonly webchat: ProsaWebchat;
  readonly client: WebchatClient;
  readonly root: ShadowRoot;
  /** What the browser keeps. */
  readonly storage: WebchatStorage;
  readonly network: Network;
  one<E extends HTMLElement = HTMLElement>(selector: string): E;
  all(selector: string): readonly HTMLElement[];
  has(selector: string): boolean;
  /** A button by the start of its name. */
  button(name: string): HTMLButtonElement;
  /** What the whole of it says. */
  text(): string;
  until(condition: () => unknown, message?: string): Promise<void>;
  openPanel(): Promise<void>;
  write(text: string): void;
  /** Writes, and presses Enter. */
  send(text: string): void;
  fill(selector: string, value: string): void;
  /** Chooses files as the file dialog does. */
  choose(...files: readonly File[]): void;
  /** Which element of the webchat has the focus. */
  focused(): Element | null;
  /** Off the page, as when it is left. */
  leave(): void;
}

const clients: { destroy(): void }[] = [];
const gateways: TestGateway[] = [];

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
    return mounted(webchat, { client, storage, network });
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

/** After each test: what it opened is closed, and what the tab remembers forgotten. */
export async function closeAll(): Promise<void> {
  fixtureCleanup();
  for (const client of clients.splice(0)) client.destroy();
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  sessionStorage.clear();
  localStorage.clear();
}

/** Waits for what moves: while something fades in, its contrast is not what it will be. */
export async function still(root: ShadowRoot): Promise<void> {
  const ending = root.getAnimations().filter((animation) => animation.effect?.getTiming().iterations === 1);
  await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
}

/** What is not there yet is not an error while one waits for it. */
export async function eventually(condition: () => unknown, message = 'it did not happen'): Promise<void> {
  await waitUntil(
    async () => {
      try {
        return Boolean(await condition());
      } catch {
        return false;
      }
    },
    message,
    { interval: 10, timeout: 5000 },
  );
}

function connect({ baseUrl, fetch }: TestGateway, token: string | (() => Promise<string>)): ProsaClient {
  const client = createClient({ baseUrl, token, fetch, storage: null });
  clients.push(client);
  return client;
}

function mounted(
  webchat: ProsaWebchat,
  behind: Pick<MountedWebchat, 'client' | 'storage' | 'network'>,
): MountedWebchat {
  const root = webchat.shadowRoot;
  if (!root) throw new Error('the webchat is not drawn');
  const page: MountedWebchat = {
    webchat,
    ...behind,
    root,
    one: (selector) => {
      const found = root.querySelector<never>(selector);
      if (!found) throw new Error(`there is no ${selector}`);
      return found;
    },
    all: (selector) => [...root.querySelectorAll<HTMLElement>(selector)],
    has: (selector) => root.querySelector(selector) !== null,
    button: (name) => {
      const found = [...root.querySelectorAll('button')].find(
        (button) => button.checkVisibility() && nameOf(button).startsWith(name),
      );
      if (!found) throw new Error(`there is no button "${name}"`);
      return found;
    },
    text: () => root.querySelector('.frame')?.textContent ?? '',
    until: eventually,
    openPanel: async () => {
      await eventually(() => root.querySelector('.launcher'), 'there is no launcher');
      if (!webchat.open) page.one('.launcher').click();
      await eventually(() => root.querySelector('dialog[open] .foot'), 'the panel does not open');
    },
    write: (text) => {
      page.fill('.composer textarea', text);
    },
    send: (text) => {
      page.write(text);
      const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
      page.one('.composer textarea').dispatchEvent(enter);
    },
    fill: (selector, value) => {
      const field = page.one<HTMLInputElement>(selector);
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
    choose: (...files) => {
      const chosen = new DataTransfer();
      for (const file of files) chosen.items.add(file);
      const input = page.one<HTMLInputElement>('.composer input[type=file]');
      input.files = chosen.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    },
    focused: () => root.activeElement,
    leave: () => {
      webchat.remove();
      behind.client.destroy();
    },
  };
  return page;
}

function nameOf(button: HTMLElement): string {
  return (button.getAttribute('aria-label') ?? button.textContent).replaceAll(/\s+/g, ' ').trim();
}
