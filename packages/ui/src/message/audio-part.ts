import type { Attachment } from '@prosa/core/contract';
import { html, type LitElement, type TemplateResult } from 'lit';
import { LazyPart } from '../controllers/lazy-part.ts';
import type { AudioState } from './audio-controller.ts';
import type { AudioPlayer } from './audio-player.ts';
import type { MessageContext } from './message-context.ts';

/** Recordings: their player is loaded by the first one that is shown. */
export class AudioPart {
  readonly #player: LazyPart<AudioPlayer>;

  constructor(host: LitElement) {
    this.#player = new LazyPart(
      host,
      async () => {
        const { createAudioPlayer } = await import('./audio-player.ts');
        return createAudioPlayer(host);
      },
      () => undefined,
    );
  }

  /** What a row that is drawn only when something changed has to look at. */
  of(id: string): AudioState | boolean | null {
    const player = this.#player.current;
    return player && (player.controller.of(id) ?? true);
  }

  content(context: MessageContext, attachment: Attachment, voice: boolean): TemplateResult {
    const player = this.#player.wanted;
    return player?.draw(context, player.controller, attachment, voice) ?? html`<div class="audio"></div>`;
  }
}
