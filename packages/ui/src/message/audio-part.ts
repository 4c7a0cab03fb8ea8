import type { Attachment } from '@prosa/core/contract';
import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { AudioController, AudioState } from './audio-controller.ts';
import type { audioContent } from './message-audio.ts';
import type { MessageContext } from './message-context.ts';

/** Recordings: their player is loaded by the first one that is shown. */
export class AudioPart implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #player: { readonly controller: AudioController; readonly draw: typeof audioContent } | null = null;
  #loading: Promise<void> | null = null;

  constructor(host: ReactiveControllerHost) {
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
      ({ AudioController: Controller, audioContent: draw }) => {
        this.#player = { controller: new Controller(this.#host), draw };
        this.#host.requestUpdate();
      },
      () => {
        // Without a connection; the next drawing asks again.
        this.#loading = null;
      },
    ));
  }
}
