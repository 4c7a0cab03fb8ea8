import type { ProsaClient, Unsubscribe } from '@prosa/core';
import type { Conversation } from '@prosa/core/contract';
import { createTypingNotifier, type TypingNotifier } from '@prosa/core/headless';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Who of the other side is typing in the open conversation; and tells them when the agent does. */
export class TypingController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #client: ProsaClient | null = null;
  #conversation: Conversation | null = null;
  #stop: Unsubscribe | undefined;
  #isTyping = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notifier: TypingNotifier | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get isCustomerTyping(): boolean {
    return this.#isTyping;
  }

  bind(client: ProsaClient | null, conversation: Conversation | null): void {
    if (conversation?.id !== this.#conversation?.id) this.#show(false);
    this.#conversation = conversation;
    if (client !== this.#client) {
      this.#client = client;
      this.#notifier?.destroy();
      this.#notifier = client ? createTypingNotifier(client, { idleMs: null }) : undefined;
      this.#listen();
    }
    this.#notifier?.select(conversation);
  }

  /** The agent wrote something, or took it all back (`false`). */
  tell(typing: boolean): void {
    this.#notifier?.set(typing);
  }

  hostConnected(): void {
    this.#listen();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#show(false);
  }

  #listen(): void {
    this.#stop?.();
    this.#stop = this.#client?.on('typing.changed', ({ conversationId, author, typing, expiresInMs }) => {
      if (conversationId === this.#conversation?.id && author.kind === 'customer') this.#show(typing, expiresInMs);
    });
  }

  #show(typing: boolean, forMs = 0): void {
    clearTimeout(this.#timer);
    if (typing) {
      this.#timer = setTimeout(() => {
        this.#show(false);
      }, forMs);
    }
    if (typing === this.#isTyping) return;
    this.#isTyping = typing;
    this.#host.requestUpdate();
  }
}
