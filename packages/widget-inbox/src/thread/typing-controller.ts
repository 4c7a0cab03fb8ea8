import type { ProsaClient, Unsubscribe } from '@prosa/core';
import type { Conversation } from '@prosa/core/contract';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** While the agent goes on typing it is said again this often: what was said holds a little longer. */
const repeatMs = 3000;

/** Who of the other side is typing in the open conversation; and tells them when the agent does. */
export class TypingController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #client: ProsaClient | null = null;
  #conversation: Conversation | null = null;
  #stop: Unsubscribe | undefined;
  #isTyping = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #toldAt = -Infinity;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get isCustomerTyping(): boolean {
    return this.#isTyping;
  }

  bind(client: ProsaClient | null, conversation: Conversation | null): void {
    if (conversation?.id !== this.#conversation?.id) {
      this.#show(false);
      this.#toldAt = -Infinity;
    }
    this.#conversation = conversation;
    if (client === this.#client) return;
    this.#client = client;
    this.#listen();
  }

  /** The agent wrote something, or took it all back (`false`). */
  tell(typing: boolean): void {
    const conversation = this.#conversation;
    // On WhatsApp it would also mark the message as read (Meta, "Typing indicators").
    if (!this.#client || conversation?.origin !== 'webchat' || conversation.status !== 'active') return;
    const now = Date.now();
    if (typing ? now - this.#toldAt < repeatMs : this.#toldAt === -Infinity) return;
    this.#toldAt = typing ? now : -Infinity;
    // Nothing depends on it: it is not worth an error.
    this.#client.conversations.typing(conversation.id, typing).catch(() => undefined);
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
