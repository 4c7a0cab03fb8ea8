/** How loud a microphone is. Without it a recording goes on: not every browser lets a page look. */
export class LevelMeter {
  #context: AudioContext | null = null;
  #analyser: AnalyserNode | null = null;
  readonly #samples = new Float32Array(1024);

  constructor(stream: MediaStream) {
    try {
      this.#context = new AudioContext();
      this.#analyser = new AnalyserNode(this.#context, { fftSize: this.#samples.length });
      new MediaStreamAudioSourceNode(this.#context, { mediaStream: stream }).connect(this.#analyser);
    } catch {
      // Some browsers hear a microphone at another rate than they play at, and refuse to connect the two.
    }
  }

  /** 0 to 1; speech is around the middle. */
  level(): number {
    if (!this.#analyser) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / this.#samples.length;
    // From the quiet of a room (-60 dB) to as loud as it gets.
    return Math.min(1, Math.max(0, 1 + Math.log10(power + 1e-9) / 6));
  }

  close(): void {
    if (this.#context?.state !== 'closed') this.#context?.close().catch(() => undefined);
  }
}
