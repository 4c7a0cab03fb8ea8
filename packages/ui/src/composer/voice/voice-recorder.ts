import { LevelMeter } from './level-meter.ts';
import { microphoneProblem, type MicrophoneProblem } from './microphone-problem.ts';
import { recordingName, recordingType } from './recording-type.ts';

/** `stopped`: as asked. `full`: it is as large as it may be. `lost`: the microphone went away. */
export type RecordingEnd = 'stopped' | 'full' | 'lost';

export interface Recording {
  readonly file: File;
  readonly seconds: number;
  readonly end: RecordingEnd;
}

export interface VoiceRecorderOptions {
  readonly maxBytes: number;
  /** The microphone is on. */
  readonly onStarted: () => void;
  /** About ten times a second. @param level how loud it is, 0 to 1 */
  readonly onBeat: (seconds: number, level: number) => void;
  /** Not called for what was discarded. */
  readonly onEnded: (recording: Recording) => void;
  readonly onProblem: (problem: MicrophoneProblem) => void;
}

/** Enough for a voice; a minute has 180 kB. WhatsApp plays voice messages of up to 512 kB at once. */
const bitsPerSecond = 24_000;
const beatMs = 100;
/** A recording arrives in pieces, so that its size is known before it ends. */
const pieceMs = 500;
/** Kept free for the last piece, of a browser that minds the bits per second less than asked. */
const spareBytes = 256 * 1024;

/** One recording, from asking for the microphone to its file. The microphone is off again however it ends. */
export class VoiceRecorder {
  readonly #options: VoiceRecorderOptions;
  readonly #pieces: Blob[] = [];
  #size = 0;
  #recorder: MediaRecorder | null = null;
  #meter: LevelMeter | null = null;
  #startedAt = 0;
  #beat: ReturnType<typeof setInterval> | undefined;
  #end: RecordingEnd | 'discarded' | null = null;

  constructor(options: VoiceRecorderOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    let stream: MediaStream | null = null;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
      if (this.#end === null) this.#record(stream);
      else turnOff(stream);
    } catch (error) {
      if (stream) turnOff(stream);
      this.#close();
      if (this.#end === null) this.#options.onProblem(microphoneProblem(error));
    }
  }

  stop(): void {
    this.#finish('stopped');
  }

  discard(): void {
    this.#finish('discarded');
  }

  #record(stream: MediaStream): void {
    const mimeType = recordingType();
    if (mimeType === null) throw new TypeError('unable to record; the browser has no type for it');
    const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: bitsPerSecond });
    recorder.addEventListener('dataavailable', ({ data }) => {
      this.#take(data);
    });
    recorder.addEventListener('error', () => {
      this.#finish('lost');
    });
    // Also without being asked: somebody unplugged the microphone, or took the permission back.
    recorder.addEventListener('stop', () => {
      this.#end ??= 'lost';
      this.#close();
      this.#hand(mimeType);
    });
    recorder.start(pieceMs);
    this.#recorder = recorder;
    this.#meter = new LevelMeter(stream);
    this.#startedAt = performance.now();
    this.#beat = setInterval(() => {
      this.#options.onBeat(this.#seconds, this.#meter?.level() ?? 0);
    }, beatMs);
    this.#options.onStarted();
  }

  get #seconds(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  #take(piece: Blob): void {
    this.#pieces.push(piece);
    this.#size += piece.size;
    if (this.#size > this.#options.maxBytes - spareBytes) this.#finish('full');
  }

  #finish(end: RecordingEnd | 'discarded'): void {
    if (this.#end !== null) return;
    this.#end = end;
    const recorder = this.#recorder;
    if (recorder && recorder.state !== 'inactive') recorder.stop();
    this.#close();
  }

  #close(): void {
    clearInterval(this.#beat);
    this.#meter?.close();
    this.#meter = null;
    if (this.#recorder) turnOff(this.#recorder.stream);
  }

  #hand(mimeType: string): void {
    if (this.#end === 'discarded' || this.#end === null) return;
    if (this.#size === 0) {
      this.#options.onProblem('failed');
      return;
    }
    const [type = mimeType] = mimeType.split(';');
    const file = new File(this.#pieces, recordingName(type), { type });
    this.#options.onEnded({ file, seconds: this.#seconds, end: this.#end });
  }
}

function turnOff(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
