import type { Attachment } from '@prosa/core/contract';
import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { AudioState } from './audio-controller.ts';
import type { AudioPlayer } from './audio-player.ts';
import type { MessageContext } from './message-context.ts';

/** Recordings: their player is loaded by the first one that is shown. */
export class AudioPart implements ReactiveController {
  readonly #host: LitElement;
  #player: AudioPlayer | null = null;
  #loading: Promise<void> | null = null;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** What a row that is drawn only when something changed has to look at. */
  of(id: string): AudioState | boolean | null {
    return this.#player && (this.#player.controller.of(id) ?? true);
  }

  content(context: MessageContext, attachment: Attachment, voice: boolean): TemplateResult {
    if (this.#player) return this.#player.draw(context, this.#player.controller, attachment, voice);
    void this.#load();
    return html`<div class="audio"></div>`;
  }

  #load(): Promise<void> {
    return (this.#loading ??= import('./audio-player.ts').then(
      ({ createAudioPlayer }) => {
        this.#player = createAudioPlayer(this.#host);
        this.#host.requestUpdate();
      },
      () => {
        // Without a connection; the next drawing asks again.
        this.#loading = null;
      },
    ));
  }
}
