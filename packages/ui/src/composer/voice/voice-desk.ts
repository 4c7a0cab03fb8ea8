import type { Composer } from '@prosa/core/headless';
import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { iconPause, iconPlay } from '../../icons/icons.ts';
import type { Locale } from '../../locales/locale.ts';
import { AudioController } from '../../message/audio-controller.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import type { MicrophoneProblem } from './microphone-problem.ts';
import { askingBar, problemBar, recordingBar } from './recorder-bar.ts';
import type { VoicePartOptions } from './voice-part.ts';
import { VoiceRecorder, type Recording } from './voice-recorder.ts';
import { voiceWords } from './voice-words.ts';
import { voiceStyles } from './voice.styles.ts';
import { Waveform } from './waveform.ts';

type State =
  | { readonly status: 'off' }
  | { readonly status: 'asking' | 'recording'; readonly recorder: VoiceRecorder; readonly composer: Composer }
  | { readonly status: 'problem'; readonly problem: MicrophoneProblem; readonly composer: Composer };

const off: State = { status: 'off' };

/** Records what an agent says, puts it among the files of the conversation it was said in, and plays it before it goes. */
export class VoiceDesk implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: Pick<VoicePartOptions, 'onSend' | 'onBack'>;
  readonly #player: AudioController;
  readonly #bar = createRef<HTMLElement>();
  readonly #play = createRef<HTMLElement>();
  readonly #waveform = new Waveform();
  readonly #seconds = new WeakMap<Blob, number>();
  #state: State = off;
  #last: Recording | null = null;
  #told: 'recording' | 'recorded' | 'discarded' | null = null;
  /** The recording goes as soon as it is whole. */
  #isWanted = false;
  #focus: 'bar' | 'play' | null = null;

  constructor(host: LitElement, options: Pick<VoicePartOptions, 'onSend' | 'onBack'>) {
    this.#host = host;
    this.#options = options;
    this.#player = new AudioController(host);
    adoptStyles(host.shadowRoot, voiceStyles);
    host.addController(this);
  }

  note(locale: Locale): string | null {
    const { lost, full } = voiceWords(locale.t.language);
    if (this.#last?.end === 'lost') return lost;
    return this.#last?.end === 'full' ? full : null;
  }

  told(locale: Locale): string {
    const w = voiceWords(locale.t.language);
    switch (this.#told) {
      case 'recording':
        return `${w.recording}. ${w.keys}.`;
      case 'recorded':
        return this.note(locale) ?? w.recorded(locale.f.clock(this.#last?.seconds ?? 0));
      case 'discarded':
        return w.discarded;
      case null:
        return '';
    }
  }

  start(composer: Composer): void {
    if (this.#isOn) return;
    const maxBytes = composer.uploads.maxBytesOf('audio');
    if (maxBytes === null) return;
    this.#player.stop();
    this.#waveform.clear();
    this.#isWanted = false;
    this.#last = null;
    const recorder: VoiceRecorder = new VoiceRecorder({
      maxBytes,
      onStarted: () => {
        this.#told = 'recording';
        this.#show({ status: 'recording', recorder, composer }, 'bar');
      },
      onBeat: (seconds, level) => {
        this.#waveform.add(seconds, level);
      },
      onEnded: (recording) => {
        this.#keep(composer, recording, recorder);
      },
      onProblem: (problem) => {
        if (this.#isOf(recorder)) this.#show({ status: 'problem', problem, composer }, 'bar');
      },
    });
    this.#show({ status: 'asking', recorder, composer }, 'bar');
    void recorder.start();
  }

  leave(): void {
    const state = this.#state;
    this.#last = this.#told = null;
    if (state.status === 'off') return;
    this.#show(off);
    if (state.status === 'recording') state.recorder.stop();
    else if (state.status === 'asking') state.recorder.discard();
  }

  hostUpdated(): void {
    // A notice stands in the place of the composer now, or a list of templates.
    if (this.#state.status !== 'off' && !this.#bar.value) this.leave();
    const target = this.#focus === 'play' ? this.#play.value : this.#bar.value?.querySelector<HTMLElement>('.first');
    if (!this.#focus || !target) return;
    this.#focus = null;
    target.focus({ preventScroll: true });
  }

  hostDisconnected(): void {
    this.leave();
  }

  render(locale: Locale): TemplateResult | null {
    const actions = {
      bar: this.#bar,
      onDiscard: this.#discard,
      onListen: () => {
        this.#stop(false);
      },
      onSend: () => {
        this.#stop(true);
      },
    };
    const state = this.#state;
    switch (state.status) {
      case 'off':
        return null;
      case 'asking':
        return askingBar(locale, actions);
      case 'recording':
        return recordingBar(locale, this.#waveform, actions);
      case 'problem':
        return problemBar(locale, state.problem, actions, () => {
          const { composer } = state;
          this.#state = off;
          this.start(composer);
        });
    }
  }

  player({ t, f }: Locale, file: Blob, url: string): { readonly button: TemplateResult; readonly about: string } {
    const w = voiceWords(t.language);
    const playing = this.#player.of(url);
    const seconds = this.#seconds.get(file) ?? 0;
    const isPlaying = playing?.playing === true;
    const button = html`<button
      class="voice-play"
      type="button"
      aria-label=${isPlaying ? w.pause : w.listenTo}
      ${ref(this.#play)}
      @click=${() => {
        this.#player.toggle(url, () => url);
      }}
    >
      ${isPlaying ? iconPause : iconPlay}
    </button>`;
    const at = playing && (isPlaying || playing.current > 0) ? `${f.clock(playing.current)} / ` : '';
    return { button, about: at + f.clock(seconds) };
  }

  get #isOn(): boolean {
    return this.#state.status === 'asking' || this.#state.status === 'recording';
  }

  #isOf(recorder: VoiceRecorder): boolean {
    return 'recorder' in this.#state && this.#state.recorder === recorder;
  }

  #stop(isWanted: boolean): void {
    if (this.#state.status !== 'recording') return;
    this.#isWanted = isWanted;
    this.#state.recorder.stop();
  }

  readonly #discard = (): void => {
    const state = this.#state;
    if ('recorder' in state) state.recorder.discard();
    this.#told = state.status === 'recording' ? 'discarded' : null;
    this.#show(off);
    this.#back();
  };

  #keep(composer: Composer, recording: Recording, recorder: VoiceRecorder): void {
    // Who has gone elsewhere finds it where it was said.
    const isHere = this.#isOf(recorder);
    this.#seconds.set(recording.file, recording.seconds);
    const [id] = composer.uploads.add([recording.file], { voice: true });
    if (!isHere || id === undefined) return;
    this.#last = recording;
    const isWanted = this.#isWanted && recording.end === 'stopped';
    this.#told = isWanted ? null : 'recorded';
    this.#show(off, isWanted ? null : 'play');
    if (!isWanted) return;
    this.#options.onSend(composer, id);
    this.#back();
  }

  #back(): void {
    void this.#host.updateComplete.then(() => {
      this.#options.onBack();
    });
  }

  #show(state: State, focus: 'bar' | 'play' | null = null): void {
    this.#state = state;
    this.#focus = focus;
    this.#host.requestUpdate();
  }
}
