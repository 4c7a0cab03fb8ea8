import { html, type TemplateResult } from 'lit';
import { ref, type Ref } from 'lit/directives/ref.js';
import { iconClose, iconMic, iconRetry, iconSend, iconWarning } from '../../icons/icons.ts';
import { iconTrash } from './icon-trash.ts';
import type { Locale } from '../../locales/locale.ts';
import type { MicrophoneProblem } from './microphone-problem.ts';
import { voiceWords } from './voice-words.ts';
import { Waveform } from './waveform.ts';

export interface RecorderActions {
  readonly bar: Ref<HTMLElement>;
  readonly onDiscard: () => void;
  readonly onListen: () => void;
  readonly onSend: () => void;
}

/** The browser is asking whether the page may hear. */
export function askingBar({ t }: Locale, actions: RecorderActions): TemplateResult {
  const w = voiceWords(t.language);
  return frame(
    t.language,
    actions,
    html`<div class="recorder-sound asking" role="status">${iconMic}<span>${w.asking}</span></div>
      <div class="composer-tools">
        <span class="composer-hint"></span>
        <button class="button first" type="button" @click=${actions.onDiscard}>${w.cancel}</button>
      </div>`,
  );
}

export function recordingBar({ t, f }: Locale, waveform: Waveform, actions: RecorderActions): TemplateResult {
  const w = voiceWords(t.language);
  waveform.format = (seconds) => f.clock(seconds);
  return frame(
    t.language,
    actions,
    html`<div class="recorder-sound">
        <span class="recorder-light" aria-hidden="true"></span>
        <span class="recorder-clock numeric" role="timer" aria-label=${w.elapsed} ${ref(waveform.clock)}></span>
        <svg class="recorder-wave" viewBox=${Waveform.viewBox} preserveAspectRatio="xMaxYMid slice" aria-hidden="true">
          <path ${ref(waveform.path)}></path>
        </svg>
      </div>
      <div class="composer-tools">
        <button
          class="icon-button"
          type="button"
          aria-label=${w.discard}
          title=${w.discard}
          aria-keyshortcuts="Escape"
          @click=${actions.onDiscard}
        >
          ${iconTrash}
        </button>
        <span class="composer-hint usual">${w.keys}</span>
        <button class="button first" type="button" @click=${actions.onListen}>${w.listen}</button>
        <button class="button primary send" type="button" aria-label=${w.send} @click=${actions.onSend}>
          ${iconSend}<span>${t.send}</span>
        </button>
      </div>`,
  );
}

export function problemBar(
  { t }: Locale,
  problem: MicrophoneProblem,
  actions: RecorderActions,
  onRetry: () => void,
): TemplateResult {
  const w = voiceWords(t.language);
  return frame(
    t.language,
    actions,
    html`<div class="recorder-sound problem" role="alert">${iconWarning}<span>${w.problems[problem]}</span></div>
      <div class="composer-tools">
        <span class="composer-hint"></span>
        <button class="button quiet" type="button" @click=${actions.onDiscard}>${iconClose}${t.close}</button>
        <button class="button first" type="button" @click=${onRetry}>${iconRetry}${t.tryAgain}</button>
      </div>`,
  );
}

function frame(language: string, { bar, onDiscard }: RecorderActions, content: TemplateResult): TemplateResult {
  return html`<div
    class="recorder"
    role="group"
    aria-label=${voiceWords(language).recorder}
    ${ref(bar)}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      // The page around it has its own use for the key.
      event.stopPropagation();
      onDiscard();
    }}
  >
    ${content}
  </div>`;
}
