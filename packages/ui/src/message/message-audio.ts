import type { Attachment } from '@prosa/core/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { iconMic, iconPause, iconPlay } from '../icons/icons.ts';
import type { AudioController } from './audio-controller.ts';
import type { MessageContext } from './message-context.ts';

/** A recording: play, a position that can be moved, the time, the speed while it plays. */
export function audioContent(
  context: MessageContext,
  audio: AudioController,
  attachment: Attachment,
  voice: boolean,
): TemplateResult {
  const { t, f } = context.locale;
  const state = audio.of(attachment.id);
  const name = voice ? t.voice : t.audio;
  const about =
    attachment.status === 'failed'
      ? t.notFetched
      : attachment.status === 'pending'
        ? t.fetching
        : state?.failed
          ? t.loadFailed
          : state
            ? f.clock(state.playing || state.current > 0 ? state.current : (state.duration ?? 0))
            : attachment.size === null
              ? name
              : `${name} · ${f.bytes(attachment.size)}`;
  return html`<div class="audio" role="group" aria-label=${name}>
    <button
      class="audio-toggle"
      type="button"
      ?disabled=${attachment.status !== 'ready'}
      aria-label=${state?.playing ? t.pause : t.play}
      @click=${() => {
        // Links live for minutes: one that is good now.
        audio.toggle(attachment.id, () => context.media.fresh(attachment));
      }}
    >
      ${state?.playing ? iconPause : iconPlay}
    </button>
    <div class="audio-track">
      <input
        type="range"
        min="0"
        max=${state?.duration ?? 1}
        step="0.1"
        .value=${live(String(state?.current ?? 0))}
        ?disabled=${!state?.duration}
        aria-label=${t.position}
        aria-valuetext=${f.clock(state?.current ?? 0)}
        @input=${(event: Event & { target: HTMLInputElement }) => {
          audio.seek(attachment.id, Number(event.target.value));
        }}
      />
      <span class="audio-about numeric">${voice ? iconMic : nothing}<span>${about}</span></span>
    </div>
    ${
      state
        ? html`<button
            class="audio-rate numeric"
            type="button"
            aria-label=${t.speed(`${f.number(state.rate)}×`)}
            @click=${() => {
              audio.cycleRate();
            }}
          >
            ${f.number(state.rate)}×
          </button>`
        : nothing
    }
  </div>`;
}
