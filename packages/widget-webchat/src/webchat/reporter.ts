import type { WebchatSnapshot } from '@prosa/core/webchat';
import { fire } from './webchat-events.ts';

/** Tells the page what changed since it was told last. */
export class Reporter {
  readonly #host: HTMLElement;
  #isReady = false;
  #isOpen = false;
  #unread = 0;
  #openId: string | null = null;
  #expectsStart = false;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** The visitor wrote and there is no conversation yet: the next one is theirs. */
  expectStart(): void {
    this.#expectsStart = true;
  }

  tell(value: WebchatSnapshot | null, isOpen: boolean): void {
    if (isOpen !== this.#isOpen) {
      this.#isOpen = isOpen;
      fire(this.#host, isOpen ? 'prosa-webchat-opened' : 'prosa-webchat-closed', {});
    }
    const isReady = value?.status === 'ready';
    if (isReady && !this.#isReady) fire(this.#host, 'prosa-webchat-ready', {});
    this.#isReady = isReady;
    const conversation = value?.conversation ?? null;
    const count = conversation?.unreadCount ?? 0;
    if (count !== this.#unread) {
      this.#unread = count;
      fire(this.#host, 'prosa-webchat-unread', { count });
    }
    if (conversation && conversation.status !== 'ended') {
      if (this.#expectsStart) fire(this.#host, 'prosa-webchat-started', { conversation });
      this.#expectsStart = false;
      this.#openId = conversation.id;
    } else {
      if (conversation && conversation.id === this.#openId) {
        fire(this.#host, 'prosa-webchat-ended', { conversation });
      }
      this.#openId = null;
    }
  }
}
