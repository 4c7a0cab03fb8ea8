import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface AudioState {
  readonly id: string;
  readonly playing: boolean;
  readonly current: number;
  readonly duration: number | null;
  readonly rate: number;
}

const rates = [1, 1.5, 2] as const;

/** One recording plays at a time, and goes on while its bubble is scrolled out of sight. */
export class AudioController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #audio: HTMLAudioElement | undefined;
  #state: AudioState | null = null;
  #rate = 1;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  of(id: string): AudioState | null {
    return this.#state?.id === id ? this.#state : null;
  }

  toggle(id: string, url: string): void {
    const audio = this.#element();
    if (this.#state?.id !== id) {
      audio.src = url;
      this.#state = { id, playing: false, current: 0, duration: null, rate: this.#rate };
    }
    audio.playbackRate = this.#rate;
    if (audio.paused) audio.play().catch(() => this.#sync());
    else audio.pause();
  }

  seek(id: string, seconds: number): void {
    if (this.#state?.id !== id || !this.#audio) return;
    this.#audio.currentTime = seconds;
    this.#sync();
  }

  cycleRate(): void {
    const next = (rates.findIndex((rate) => rate === this.#rate) + 1) % rates.length;
    this.#rate = rates[next] ?? 1;
    if (this.#audio) this.#audio.playbackRate = this.#rate;
    this.#sync();
  }

  stop(): void {
    this.#audio?.pause();
    this.#audio?.removeAttribute('src');
    this.#state = null;
  }

  hostDisconnected(): void {
    this.stop();
  }

  #element(): HTMLAudioElement {
    if (this.#audio) return this.#audio;
    const audio = new Audio();
    audio.preload = 'metadata';
    for (const name of ['play', 'pause', 'ended', 'timeupdate', 'durationchange', 'error']) {
      audio.addEventListener(name, () => {
        this.#sync();
      });
    }
    this.#audio = audio;
    return audio;
  }

  #sync(): void {
    const audio = this.#audio;
    if (!audio || !this.#state) return;
    this.#state = {
      id: this.#state.id,
      playing: !audio.paused && !audio.ended,
      current: audio.ended ? 0 : audio.currentTime,
      duration: Number.isFinite(audio.duration) ? audio.duration : null,
      rate: this.#rate,
    };
    this.#host.requestUpdate();
  }
}
