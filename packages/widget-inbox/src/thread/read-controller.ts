import type { ProsaClient } from '@prosa/core';
import type { Conversation } from '@prosa/core/contract';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface Reading {
  readonly client: ProsaClient | null;
  readonly conversation: Conversation | null;
  readonly myId: string | null;
  /** The newest message is in sight. */
  readonly atEnd: boolean;
  readonly isConnected: boolean;
}

/** Tells the gateway that the assignee saw the messages: in a page that is visible and has the focus. */
export class ReadController implements ReactiveController {
  readonly #reading: () => Reading;
  readonly #host: ReactiveControllerHost;
  #told = '';

  constructor(host: ReactiveControllerHost, reading: () => Reading) {
    this.#host = host;
    this.#reading = reading;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('focus', this.#look);
    document.addEventListener('visibilitychange', this.#look);
  }

  hostDisconnected(): void {
    window.removeEventListener('focus', this.#look);
    document.removeEventListener('visibilitychange', this.#look);
  }

  hostUpdated(): void {
    const { client, conversation, myId, atEnd, isConnected } = this.#reading();
    // What was told into a connection that is gone is told again once there is another.
    if (!isConnected) this.#told = '';
    if (!isConnected || !client || !conversation || !atEnd || conversation.unreadCount === 0) return;
    if (conversation.assignee?.id !== myId || document.visibilityState !== 'visible' || !document.hasFocus()) return;
    const version = `${conversation.id}:${conversation.version}`;
    if (version === this.#told) return;
    this.#told = version;
    // Nobody waits for it: the next version of the conversation, or the next look, tries again.
    client.conversations.markRead(conversation.id).catch(() => undefined);
  }

  readonly #look = (): void => {
    this.#told = '';
    this.#host.requestUpdate();
  };
}
