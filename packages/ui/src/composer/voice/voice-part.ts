import type { Composer } from '@prosa/core/headless';
import type { LitElement, TemplateResult } from 'lit';
import type { Locale } from '../../locales/locale.ts';
import { recordingType } from './recording-type.ts';
import type { VoiceDesk } from './voice-desk.ts';
import { voiceWords } from './voice-words.ts';

export interface VoicePartOptions {
  /** What is being written in now. */
  readonly composer: () => Composer | null;
  /** The recording goes without being listened to, as soon as it is up. */
  readonly onSend: (composer: Composer, uploadId: string) => void;
  /** The field is back in its place. */
  readonly onBack: () => void;
}

/** Voice messages in the composer: the recorder is loaded by whoever wants to record. */
export class VoicePart {
  readonly #host: LitElement;
  readonly #options: VoicePartOptions;
  #desk: VoiceDesk | null = null;
  #loading: Promise<VoiceDesk | null> | null = null;
  #hasFailed = false;

  constructor(host: LitElement, options: VoicePartOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** The channel takes recordings and the browser makes them. */
  get isOffered(): boolean {
    return recordingType() !== null && (this.#options.composer()?.uploads.maxBytesOf('audio') ?? 0) > 0;
  }

  /** What the agent should know of the last recording. */
  note(locale: Locale): string | null {
    if (this.#hasFailed) return voiceWords(locale.t.language).notLoaded;
    return this.#desk?.note(locale) ?? null;
  }

  /** For those who do not see the recorder. */
  told(locale: Locale): string {
    return this.#hasFailed ? voiceWords(locale.t.language).notLoaded : (this.#desk?.told(locale) ?? '');
  }

  async start(): Promise<void> {
    const desk = await (this.#loading ??= this.#load());
    const composer = this.#options.composer();
    if (composer) desk?.start(composer);
  }

  /** Something else is written in now: the microphone is off, and what was recorded stays where it was. */
  leave(): void {
    this.#desk?.leave();
  }

  /** In the place of the field; `null`: nothing is recorded. */
  render(locale: Locale): TemplateResult | null {
    return this.#desk?.render(locale) ?? null;
  }

  /** In front of a recording that was made here: what plays it. */
  player(locale: Locale, file: Blob, url: string): { readonly button: TemplateResult; readonly about: string } | null {
    return this.#desk?.player(locale, file, url) ?? null;
  }

  async #load(): Promise<VoiceDesk | null> {
    this.#hasFailed = false;
    try {
      const { VoiceDesk: Desk } = await import('./voice-desk.ts');
      this.#desk = new Desk(this.#host, this.#options);
    } catch {
      // Without a connection; the next press asks again.
      this.#hasFailed = true;
      this.#loading = null;
      this.#host.requestUpdate();
    }
    return this.#desk;
  }
}
