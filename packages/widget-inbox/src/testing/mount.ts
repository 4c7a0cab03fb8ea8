import { fixture, waitUntil } from '@open-wc/testing';
import { createClient, type ProsaClient } from '@prosa/core';
import { html } from 'lit';
import '../define.ts';
import type { ProsaInbox } from '../inbox/prosa-inbox.ts';
import { sampleDesk } from './sample-desk.ts';
import type { Desk } from './desk.ts';
import { ScriptedGateway } from './scripted-gateway.ts';

/** An inbox on a page. */
export interface MountedInbox {
  readonly inbox: ProsaInbox;
  readonly root: ShadowRoot;
  one<E extends HTMLElement = HTMLElement>(selector: string): E;
  all(selector: string): readonly HTMLElement[];
  /** A button by the start of its name. */
  button(name: string): HTMLButtonElement;
  until(condition: () => unknown, message?: string): Promise<void>;
  open(conversationId: string | undefined): Promise<void>;
}

/** With what is behind it. */
export interface Mounted extends MountedInbox {
  readonly gateway: ScriptedGateway;
  readonly client: ProsaClient;
  readonly desk: Desk;
  /** Conversations of the sample desk: `main`, `failed`, `unlinked`, `expired`. */
  readonly ids: Readonly<Record<string, string>>;
}

export interface MountOptions {
  readonly width?: number;
  readonly height?: number;
  readonly desk?: Desk;
  readonly prepare?: (gateway: ScriptedGateway) => void;
  readonly lang?: string;
  readonly theme?: 'light' | 'dark';
}

const clients: ProsaClient[] = [];

export function connect(gateway: ScriptedGateway): ProsaClient {
  const client = createClient({
    baseUrl: 'http://gateway.invalid',
    token: 'made-up',
    fetch: gateway.fetch,
    storage: null,
  });
  clients.push(client);
  return client;
}

/** After each test: what a test connected is closed. */
export function disconnectAll(): void {
  for (const client of clients.splice(0)) client.destroy();
}

/** An inbox over a scripted gateway, as wide as asked for. */
export async function mountInbox(options: MountOptions = {}): Promise<Mounted> {
  const sample = options.desk ? { desk: options.desk, ids: {} } : await sampleDesk();
  const gateway = new ScriptedGateway(sample.desk);
  options.prepare?.(gateway);
  const client = connect(gateway);
  return { ...(await mountWith(client, options)), gateway, client, desk: sample.desk, ids: sample.ids };
}

/** An inbox over a client, as wide as asked for. */
export async function mountWith(
  client: ProsaClient,
  options: Pick<MountOptions, 'width' | 'height' | 'lang' | 'theme'> = {},
): Promise<MountedInbox> {
  const frame = await fixture<HTMLElement>(html`<div lang=${options.lang ?? 'pt-BR'}></div>`);
  frame.style.inlineSize = `${options.width ?? 1280}px`;
  frame.style.blockSize = `${options.height ?? 720}px`;
  const inbox = document.createElement('prosa-inbox');
  inbox.theme = options.theme ?? 'light';
  inbox.client = client;
  frame.append(inbox);
  await inbox.updateComplete;
  const root = inbox.shadowRoot!;
  const mounted: MountedInbox = {
    inbox,
    root,
    one: (selector) => {
      const found = root.querySelector<never>(selector);
      if (!found) throw new Error(`there is no ${selector}`);
      return found;
    },
    all: (selector) => [...root.querySelectorAll<HTMLElement>(selector)],
    button: (name) => {
      const found = [...root.querySelectorAll('button')].find(
        (button) => button.offsetParent !== null && nameOf(button).startsWith(name),
      );
      if (!found) throw new Error(`there is no button "${name}"`);
      return found;
    },
    until: (condition, message = 'it did not happen') =>
      waitUntil(settled(condition), message, { interval: 10, timeout: 10_000 }),
    open: async (conversationId) => {
      inbox.conversationId = conversationId ?? null;
      await mounted.until(() => root.querySelector('.log .message'), 'the thread did not open');
    },
  };
  return mounted;
}

/** Opens a conversation of which the agent sees nothing but the list. */
export async function mountList(options: MountOptions = {}): Promise<Mounted> {
  const mounted = await mountInbox(options);
  await mounted.until(() => mounted.root.querySelector('.row[data-id]'), 'the list did not load');
  return mounted;
}

export async function mountThread(
  key: 'main' | 'failed' | 'unlinked' | 'expired',
  options: MountOptions = {},
): Promise<Mounted> {
  const mounted = await mountInbox(options);
  await mounted.open(mounted.ids[key]);
  // Who the reader is decides what is offered.
  await mounted.until(() => mounted.root.querySelector('.composer, .reason'), 'there is no foot');
  return mounted;
}

/** Waits for what moves: while something fades in, its contrast is not what it will be. */
export async function still(root: ShadowRoot): Promise<void> {
  const ending = root.getAnimations().filter((animation) => animation.effect?.getTiming().iterations === 1);
  await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
}

/** What is not there yet is not an error while one waits for it. */
function settled(condition: () => unknown): () => boolean {
  return () => {
    try {
      return Boolean(condition());
    } catch {
      return false;
    }
  };
}

function nameOf(button: HTMLElement): string {
  return (button.getAttribute('aria-label') ?? button.textContent).trim();
}
