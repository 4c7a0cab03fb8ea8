import type { Identity } from '@prosa/core/webchat';
import type { WebchatEventDetail, WebchatEventName } from '../webchat/webchat-events.ts';

/** `Prosa` on a page with the loader script. What is called before the webchat is there waits for it. */
export interface ProsaPageApi {
  open(): void;
  close(): void;
  toggle(): void;
  /** Launcher and panel. */
  show(): void;
  hide(): void;
  /** Who is logged in to the site: a token that its backend signed, or a function that gets one. */
  setUser(identity: Identity): Promise<void>;
  logout(): Promise<void>;
  /** @returns ends the subscription */
  on<Name extends WebchatEventName>(name: Name, listener: (detail: WebchatEventDetail<Name>) => void): () => void;
}
