import type { Unsubscribe } from '../client/prosa-client.ts';
import type { Message, MessageSend } from '../contract/index.ts';
import { ConnectionError, UsageError } from '../errors/local-errors.ts';
import type { OutboxNews, OutboxPeers } from './outbox-news.ts';
import type { OutboxOptions } from './outbox-options.ts';
import type { Outbox } from './outbox.ts';
import { noPending, type FileSend, type PendingMessage } from './pending-message.ts';

let code: typeof import('./outbox.ts') | null = null;

/** Loads what sends; afterwards every outbox is there at once. */
export async function loadOutbox(): Promise<typeof import('./outbox.ts')> {
  return (code ??= await import('./outbox.ts'));
}

/**
 * The outbox of a client that may never send: what sends is loaded with the first message, or once the stream is there,
 * for what an earlier page left. Until then nothing is pending.
 */
export class LazyOutbox {
  readonly #options: OutboxOptions;
  readonly #observers = new Set<(conversationId: string) => void>();
  #outbox: Outbox | null = null;
  #peers: OutboxPeers | null = null;
  #isDestroyed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get isSaved(): boolean {
    return this.#outbox?.isSaved ?? false;
  }

  /** Gateway and agent: names what is kept; `null` when nothing is. */
  async owner(): Promise<string | null> {
    return this.#options.storage === null ? null : this.#options.owner();
  }

  start(): void {
    this.#use((outbox) => {
      outbox.start();
    });
  }

  async send(
    conversationId: string,
    message: MessageSend | FileSend,
    key?: string,
    signal?: AbortSignal,
  ): Promise<Message> {
    return (this.#ready() ?? (await this.#load())).send(conversationId, message, key, signal);
  }

  pending(conversationId: string): readonly PendingMessage[] {
    return this.#outbox?.pending(conversationId) ?? noPending;
  }

  async all(): Promise<readonly PendingMessage[]> {
    return (this.#ready() ?? (await this.#load())).all();
  }

  observe(observer: (conversationId: string) => void): Unsubscribe {
    this.#observers.add(observer);
    return () => {
      this.#observers.delete(observer);
    };
  }

  retry(clientId: string): void {
    this.#outbox?.retry(clientId);
  }

  discard(clientId: string): boolean {
    return this.#outbox?.discard(clientId) ?? false;
  }

  settle(message: Message): void {
    this.#outbox?.settle(message);
  }

  wake(): void {
    this.#outbox?.wake();
  }

  share(peers: OutboxPeers | null): void {
    this.#peers = peers;
    this.#outbox?.share(peers);
  }

  hear(news: OutboxNews): void {
    this.#use((outbox) => {
      outbox.hear(news);
    });
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#outbox?.destroy();
    this.#observers.clear();
  }

  /** In what comes first here: news of other tabs have an order. */
  #use(work: (outbox: Outbox) => void): void {
    const outbox = this.#ready();
    if (outbox) work(outbox);
    // Asked for again with the next message, or when the stream is there again.
    else if (!this.#isDestroyed) this.#load().then(work, () => undefined);
  }

  async #load(): Promise<Outbox> {
    const operation = 'load what sends messages';
    try {
      await loadOutbox();
    } catch (cause) {
      throw new ConnectionError(`unable to ${operation}; a file of this page did not come`, cause);
    }
    const outbox = this.#ready();
    if (!outbox) throw new UsageError(`unable to ${operation}; the client was destroyed`, 'client_destroyed');
    return outbox;
  }

  #ready(): Outbox | null {
    if (this.#outbox || !code || this.#isDestroyed) return this.#outbox;
    const outbox = (this.#outbox = new code.Outbox(this.#options));
    outbox.observe((conversationId) => {
      for (const observer of [...this.#observers]) observer(conversationId);
    });
    if (this.#peers) outbox.share(this.#peers);
    return outbox;
  }
}
