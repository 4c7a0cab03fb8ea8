import type { ProsaClient } from '@prosa/core';
import type { Conversation } from '@prosa/core/contract';
import { createTypingNotifier, liveTyping, type TypingNotifier } from '@prosa/core/headless';
import { StoreController } from '@prosa/ui';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Who of the other side is typing in the open conversation; and tells them when the agent does. */
export class TypingController implements ReactiveController {
  readonly #typists: StoreController<ReturnType<typeof liveTyping>, boolean>;
  #client: ProsaClient | null = null;
  #conversationId: string | undefined;
  #notifier: TypingNotifier | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#typists = new StoreController(host, { selector: isCustomerTyping });
    host.addController(this);
  }

  get isCustomerTyping(): boolean {
    const { source } = this.#typists;
    return source !== null && isCustomerTyping(source);
  }

  bind(client: ProsaClient | null, conversation: Conversation | null): void {
    if (client !== this.#client || conversation?.id !== this.#conversationId) {
      this.#conversationId = conversation?.id;
      this.#typists.source = client && conversation && liveTyping(client, conversation.id);
    }
    if (client !== this.#client) {
      this.#client = client;
      this.#notifier?.destroy();
      this.#notifier = client ? createTypingNotifier(client, { idleMs: null }) : undefined;
    }
    this.#notifier?.select(conversation);
  }

  /** The agent wrote something, or took it all back (`false`). */
  tell(typing: boolean): void {
    this.#notifier?.set(typing);
  }

  hostConnected(): void {}
}

function isCustomerTyping(typists: ReturnType<typeof liveTyping>): boolean {
  return typists.value.some(({ kind }) => kind === 'customer');
}
