import { ContextConsumer, ContextProvider, createContext } from '@lit/context';
import { createClient, type ProsaClient, type TokenOption } from '@prosa/core';
import type { LitElement, ReactiveController } from 'lit';

/** One key for every copy of the library on the page. */
export const clientContext = createContext<ProsaClient | undefined>(Symbol.for('prosa/client'));

/** Gives a client to the elements inside of the host, and to those that come later. */
export function provideClient(host: LitElement): ContextProvider<typeof clientContext, LitElement> {
  return new ContextProvider(host, { context: clientContext });
}

export interface ClientSettings {
  readonly client: ProsaClient | undefined;
  readonly baseUrl: string | undefined;
  readonly token: TokenOption | undefined;
}

/** How long an element waits for its client before it says that it is not set up, in milliseconds. */
const patienceMs = 1500;

/**
 * Finds the client: the host's `client` property, else one made from `base-url` and `token` (and ended with the
 * element), else the one of the nearest `<prosa-provider>`.
 */
export class ClientController implements ReactiveController {
  readonly #host: LitElement;
  readonly #settings: () => ClientSettings;
  readonly #context: ContextConsumer<typeof clientContext, LitElement>;
  #own: { readonly client: ProsaClient | null; readonly baseUrl: string } | undefined;
  #connected = false;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #isOverdue = false;

  constructor(host: LitElement, settings: () => ClientSettings) {
    this.#host = host;
    this.#settings = settings;
    this.#context = new ContextConsumer(host, { context: clientContext, subscribe: true });
    host.addController(this);
  }

  get current(): ProsaClient | null {
    const { client, baseUrl, token } = this.#settings();
    if (client) return client;
    if (baseUrl && token) return this.#ownClient(baseUrl);
    return this.#context.value ?? null;
  }

  /** The client that the page chose, itself or by a provider: another one is another agent. */
  get given(): ProsaClient | null {
    return this.#settings().client ?? this.#context.value ?? null;
  }

  /** There is no client, and there has been time enough to give one. */
  get isMissing(): boolean {
    return this.#isOverdue && this.current === null;
  }

  hostConnected(): void {
    this.#connected = true;
    // A page may set its properties, and a provider its client, after the element is there.
    this.#patience = setTimeout(() => {
      this.#isOverdue = true;
      const { baseUrl, token } = this.#settings();
      // With both, the address cannot be used: that was told already.
      if (this.isMissing && !(baseUrl && token)) {
        const missing = baseUrl ? 'token' : 'base-url or client';
        console.warn(`unable to show <${this.#host.localName}>; it has no ${missing}`);
      }
      this.#host.requestUpdate();
    }, patienceMs);
  }

  hostUpdate(): void {
    const { client, baseUrl, token } = this.#settings();
    if (this.#own && (client || this.#own.baseUrl !== baseUrl || !token)) this.#end();
  }

  hostDisconnected(): void {
    this.#connected = false;
    clearTimeout(this.#patience);
    queueMicrotask(() => {
      if (!this.#connected) this.#end();
    });
  }

  #ownClient(baseUrl: string): ProsaClient | null {
    if (!this.#connected) return null;
    if (this.#own?.baseUrl !== baseUrl) {
      this.#end();
      this.#own = { client: this.#make(baseUrl), baseUrl };
    }
    return this.#own.client;
  }

  /** An address that cannot be used is told on the console; the element shows that it is not set up. */
  #make(baseUrl: string): ProsaClient | null {
    try {
      // The token is read when it is needed: a host may renew the attribute while the client lives.
      return createClient({ baseUrl, token: () => this.#token() });
    } catch (error) {
      console.warn(error);
      return null;
    }
  }

  async #token(): Promise<string> {
    const { token } = this.#settings();
    return typeof token === 'function' ? token() : (token ?? '');
  }

  #end(): void {
    const own = this.#own;
    this.#own = undefined;
    if (!own) return;
    own.client?.destroy();
    this.#host.requestUpdate();
  }
}
