import type { ReactiveController, ReactiveControllerHost } from 'lit';

const wanted = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus'];

/** Records a voice note. Browsers write Opus into OGG or WebM; the simulator sends OGG, as WhatsApp does. */
export class VoiceRecorder implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #recorder: MediaRecorder | null = null;
  #startedAt = 0;
  #tick: ReturnType<typeof setInterval> | undefined;
  #chunks: Blob[] = [];

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get isRecording(): boolean {
    return this.#recorder !== null;
  }

  /** How long it has been recording, as `0:07`. */
  get length(): string {
    const seconds = Math.floor((Date.now() - this.#startedAt) / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }

  /** Rejects when there is no microphone, or it may not be used. */
  async start(): Promise<void> {
    if (this.#recorder) return;
    const mimeType = wanted.find((each) => MediaRecorder.isTypeSupported(each));
    if (mimeType === undefined) throw new Error('unable to record; the browser writes no Opus');
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    this.#chunks = [];
    this.#recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 24_000 });
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#chunks.push(data));
    this.#recorder.start();
    this.#startedAt = Date.now();
    this.#tick = setInterval(() => this.#host.requestUpdate(), 250);
    this.#host.requestUpdate();
  }

  /** The recording, or null when there was none. */
  async stop(): Promise<File | null> {
    const recorder = this.#recorder;
    if (!recorder) return null;
    await new Promise<void>((resolve) => {
      recorder.addEventListener('stop', () => resolve(), { once: true });
      recorder.stop();
    });
    this.#end(recorder);
    const type = recorder.mimeType.split(';')[0] ?? '';
    const blob = new Blob(this.#chunks, { type });
    return blob.size === 0 ? null : new File([blob], `voz.${type.slice(6)}`, { type });
  }

  cancel(): void {
    const recorder = this.#recorder;
    if (!recorder) return;
    recorder.stop();
    this.#end(recorder);
  }

  hostDisconnected(): void {
    this.cancel();
  }

  #end(recorder: MediaRecorder): void {
    clearInterval(this.#tick);
    for (const track of recorder.stream.getTracks()) track.stop();
    this.#recorder = null;
    this.#host.requestUpdate();
  }
}
