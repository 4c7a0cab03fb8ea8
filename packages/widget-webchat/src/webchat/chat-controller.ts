import {
  createWebchatClient,
  isProsaError,
  type Identity,
  type WebchatClient,
  type WebchatSnapshot,
} from '@prosa/core/webchat';
import type { VisitorMessage } from '@prosa/core/contract';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { browserStorage } from './browser-storage.ts';

export interface ChatSettings {
  readonly client: WebchatClient | undefined;
  readonly baseUrl: string | undefined;
  readonly webchatKey: string | undefined;
}

export interface ChatOptions {
  readonly settings: () => ChatSettings;
  readonly onMessage: (message: VisitorMessage) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * The host's client: its `client` property, else one made from `base-url` and `webchat-key` that ends with the element.
 * It is loaded as soon as it is there; who the visitor is can be said before.
 */
export class ChatController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: ChatOptions;
  /** Without a client: from what is given none can be made. */
  #own: { readonly client: WebchatClient | null; readonly key: string } | null = null;
  #client: WebchatClient | null = null;
  #stop: readonly (() => void)[] = [];
  #identity: Identity | null = null;
  #connected = false;

  constructor(host: ReactiveControllerHost, options: ChatOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get current(): WebchatClient | null {
    return this.#client;
  }

  get value(): WebchatSnapshot | null {
    return this.#client?.value ?? null;
  }

  /** @throws ProsaError when the gateway does not believe it */
  async identify(identity: Identity): Promise<void> {
    this.#identity = identity;
    await this.#client?.identify(identity);
  }

  async logout(): Promise<void> {
    this.#identity = null;
    await this.#client?.logout();
  }

  load(): void {
    this.#client?.load().catch((error: unknown) => {
      // Wrong for good, such as a page that is not on the key's list: whoever built the page has to see it.
      if (!isProsaError(error) || !error.retryable) console.warn(error);
      this.#options.onError(error);
    });
  }

  hostConnected(): void {
    this.#connected = true;
    this.#bind();
  }

  hostUpdate(): void {
    this.#bind();
  }

  hostDisconnected(): void {
    this.#connected = false;
    // An element that is moved comes back at once, and goes on with what it has.
    queueMicrotask(() => {
      if (!this.#connected) this.#follow(null);
    });
  }

  #bind(): void {
    if (!this.#connected) return;
    const { client, baseUrl, webchatKey } = this.#options.settings();
    this.#follow(client ?? this.#ownClient(baseUrl, webchatKey));
  }

  #ownClient(baseUrl: string | undefined, webchatKey: string | undefined): WebchatClient | null {
    if (!baseUrl || !webchatKey) return null;
    const key = `${baseUrl} ${webchatKey}`;
    if (this.#own?.key !== key) {
      this.#own?.client?.destroy();
      this.#own = { client: make(baseUrl, webchatKey), key };
    }
    return this.#own.client;
  }

  #follow(client: WebchatClient | null): void {
    if (client === this.#client) return;
    for (const stop of this.#stop) stop();
    const before = this.#client;
    this.#client = client;
    if (before && this.#own?.client === before) {
      before.destroy();
      this.#own = null;
    }
    this.#stop = client
      ? [
          client.subscribe(() => {
            this.#host.requestUpdate();
          }),
          client.onMessage(this.#options.onMessage),
        ]
      : [];
    if (client) void this.#begin(client);
    this.#host.requestUpdate();
  }

  async #begin(client: WebchatClient): Promise<void> {
    try {
      if (this.#identity !== null) await client.identify(this.#identity);
    } catch (error) {
      // Somebody who cannot be believed can still write, as anybody.
      this.#options.onError(error);
    }
    if (client === this.#client) this.load();
  }
}

/** Whoever built the page has to see what is wrong with it. */
function make(baseUrl: string, webchatKey: string): WebchatClient | null {
  try {
    return createWebchatClient({ baseUrl, webchatKey, storage: browserStorage('localStorage') });
  } catch (error) {
    console.warn(error);
    return null;
  }
}
