import { ContextConsumer, createContext } from '@lit/context';
import { createClient, type ProsaClient } from '@prosa/core';
import type { LitElement, ReactiveController } from 'lit';

/** One key for every copy of the library on the page. */
export const clientContext = createContext<ProsaClient | undefined>(Symbol.for('prosa/client'));

export type TokenSource = string | (() => string | Promise<string>);

export interface ClientSettings {
  readonly client: ProsaClient | undefined;
  readonly baseUrl: string | undefined;
  readonly token: TokenSource | undefined;
}

/**
 * Finds the client: the host's `client` property, else one made from `base-url` and `token` (and ended with the
 * element), else the one of the nearest `<prosa-provider>`.
 */
export class ClientController implements ReactiveController {
  readonly #host: LitElement;
  readonly #settings: () => ClientSettings;
  readonly #context: ContextConsumer<typeof clientContext, LitElement>;
  #own: { readonly client: ProsaClient; readonly baseUrl: string; readonly hasToken: boolean } | undefined;
  #connected = false;

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

  hostConnected(): void {
    this.#connected = true;
  }

  hostUpdate(): void {
    const { client, baseUrl, token } = this.#settings();
    if (this.#own && (client || this.#own.baseUrl !== baseUrl || !token)) this.#end();
  }

  hostDisconnected(): void {
    this.#connected = false;
    queueMicrotask(() => {
      if (!this.#connected) this.#end();
    });
  }

  #ownClient(baseUrl: string): ProsaClient | null {
    if (!this.#connected) return null;
    if (this.#own?.baseUrl !== baseUrl) {
      this.#end();
      // The token is read when it is needed: a host may renew the attribute while the client lives.
      const client = createClient({ baseUrl, token: () => this.#token() });
      this.#own = { client, baseUrl, hasToken: true };
    }
    return this.#own?.client ?? null;
  }

  async #token(): Promise<string> {
    const { token } = this.#settings();
    return typeof token === 'function' ? token() : (token ?? '');
  }

  #end(): void {
    const own = this.#own;
    this.#own = undefined;
    if (!own) return;
    own.client.destroy();
    this.#host.requestUpdate();
  }
}
