import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface AudioState {
  readonly id: string;
  readonly playing: boolean;
  readonly current: number;
  readonly duration: number | null;
  readonly rate: number;
  /** It could not be loaded; the next try asks for it anew. */
  readonly failed: boolean;
}

const rates = [1, 1.5, 2] as const;

/** One recording plays at a time, and goes on while its bubble is scrolled out of sight. */
export class AudioController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #audio: HTMLAudioElement | undefined;
  #state: AudioState | null = null;
  #rate = 1;
  /** Its link is being asked for. */
  #awaited: string | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  of(id: string): AudioState | null {
    return this.#state?.id === id ? this.#state : null;
  }

  /** @param source where it is; asked when it begins, and again after it failed */
  toggle(id: string, source: () => string | Promise<string | null>): void {
    const audio = this.#element();
    if (this.#awaited === id) return;
    if (this.#state?.id !== id || this.#state.failed) void this.#begin(id, source);
    else if (audio.paused) audio.play().catch(() => this.#sync());
    else audio.pause();
  }

  async #begin(id: string, source: () => string | Promise<string | null>): Promise<void> {
    const audio = this.#element();
    // Where it broke off, it goes on.
    const from = this.#state?.id === id ? this.#state.current : 0;
    audio.pause();
    this.#awaited = id;
    this.#state = { id, playing: false, current: from, duration: null, rate: this.#rate, failed: false };
    try {
      const url = await source();
      if (this.#awaited !== id) return;
      this.#awaited = null;
      if (url === null) throw new Error('unable to play the recording; there is no link to it');
      audio.src = url;
      audio.currentTime = from;
      audio.playbackRate = this.#rate;
      await audio.play();
    } catch {
      // Another one was begun meanwhile, which ended this one.
      if (this.#state?.id !== id || !audio.paused) return;
      this.#awaited = null;
      this.#state = { ...this.#state, playing: false, failed: true };
      this.#host.requestUpdate();
    }
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
    this.#state = this.#awaited = null;
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
    if (!audio || !this.#state || this.#awaited !== null) return;
    this.#state = {
      id: this.#state.id,
      playing: !audio.paused && !audio.ended,
      current: audio.ended ? 0 : audio.currentTime,
      duration: Number.isFinite(audio.duration) ? audio.duration : null,
      rate: this.#rate,
      failed: audio.error !== null,
    };
    this.#host.requestUpdate();
  }
}
