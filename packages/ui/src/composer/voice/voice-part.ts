import type { Composer } from '@prosa/core/headless';
import type { LitElement, TemplateResult } from 'lit';
import { LazyPart } from '../../controllers/lazy-part.ts';
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
  readonly #options: VoicePartOptions;
  readonly #desk: LazyPart<VoiceDesk>;
  #hasFailed = false;

  constructor(host: LitElement, options: VoicePartOptions) {
    this.#options = options;
    this.#desk = new LazyPart(
      host,
      async () => {
        const { VoiceDesk: Desk } = await import('./voice-desk.ts');
        return new Desk(host, options);
      },
      () => {
        this.#hasFailed = true;
        host.requestUpdate();
      },
    );
  }

  /** The channel takes recordings and the browser makes them. */
  get isOffered(): boolean {
    return recordingType() !== null && (this.#options.composer()?.uploads.maxBytesOf('audio') ?? 0) > 0;
  }

  /** What the agent should know of the last recording. */
  note(locale: Locale): string | null {
    if (this.#hasFailed) return voiceWords(locale.t.language).notLoaded;
    return this.#desk.current?.note(locale) ?? null;
  }

  /** For those who do not see the recorder. */
  told(locale: Locale): string {
    return this.#hasFailed ? voiceWords(locale.t.language).notLoaded : (this.#desk.current?.told(locale) ?? '');
  }

  start(): void {
    this.#hasFailed = false;
    this.#desk.use((desk) => {
      const composer = this.#options.composer();
      if (composer) desk.start(composer);
    });
  }

  /** Something else is written in now: the microphone is off, and what was recorded stays where it was. */
  leave(): void {
    this.#desk.current?.leave();
  }

  /** In the place of the field; `null`: nothing is recorded. */
  render(locale: Locale): TemplateResult | null {
    return this.#desk.current?.render(locale) ?? null;
  }

  /** In front of a recording that was made here: what plays it. */
  player(locale: Locale, file: Blob, url: string): { readonly button: TemplateResult; readonly about: string } | null {
    return this.#desk.current?.player(locale, file, url) ?? null;
  }
}
