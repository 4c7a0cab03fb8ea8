import type { WebchatClient } from '@prosa/core/webchat';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface Seeing {
  readonly chat: WebchatClient | null;
  /** The newest message is on the screen, as far as the webchat can tell. */
  readonly inSight: boolean;
}

/** Says which messages arrived, and which were seen: the panel open at its end, in a page that somebody looks at. */
export class SeenController implements ReactiveController {
  readonly #seeing: () => Seeing;
  readonly #look: () => void;

  constructor(host: ReactiveControllerHost, seeing: () => Seeing) {
    this.#seeing = seeing;
    this.#look = () => {
      host.requestUpdate();
    };
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#look);
    addEventListener('focus', this.#look);
  }

  hostUpdated(): void {
    const { chat, inSight } = this.#seeing();
    if (!chat?.value.conversation) return;
    chat.markSeen(inSight && document.visibilityState === 'visible' ? 'read' : 'delivered');
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#look);
    removeEventListener('focus', this.#look);
  }
}
