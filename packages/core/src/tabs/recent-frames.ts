import type { Frame } from '../stream/frames.ts';

/** Frames that move the cursor. */
export type CursorFrame = Frame & { readonly kind: 'event' | 'skip' };

const maxFrames = 500;
/** Of text, as the frames would be on the wire. */
const maxCharacters = 2 * 1024 * 1024;

/** The newest frames of the stream, so that a tab that comes (back) gets what it missed from another one. */
export class RecentFrames {
  #frames: { readonly frame: CursorFrame; readonly size: number }[] = [];
  #size = 0;
  /** The cursor before the first of the frames. */
  #start: string | null = null;

  /** The newest cursor; `null` before the first stream. */
  get cursor(): string | null {
    return this.#frames.at(-1)?.frame.cursor ?? this.#start;
  }

  /** Forgets everything: what comes next does not continue it. */
  restart(cursor: string): void {
    this.#frames = [];
    this.#size = 0;
    this.#start = cursor;
  }

  push(frame: CursorFrame): void {
    if (frame.cursor === this.cursor) return;
    const size = JSON.stringify(frame).length;
    this.#frames.push({ frame, size });
    this.#size += size;
    while (this.#frames.length > maxFrames || this.#size > maxCharacters) {
      const oldest = this.#frames.shift();
      if (!oldest) return;
      this.#size -= oldest.size;
      this.#start = oldest.frame.cursor;
    }
  }

  /** What came after a cursor; `null` when that is not known any more. */
  after(cursor: string | undefined): readonly CursorFrame[] | null {
    const index = this.#frames.findIndex(({ frame }) => frame.cursor === cursor);
    if (index < 0 && (cursor === undefined || cursor !== this.#start)) return null;
    return this.#frames.slice(index + 1).map(({ frame }) => frame);
  }
}
