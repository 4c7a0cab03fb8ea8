// Taken now, so that a test's fake timers do not stop the database.
const { setTimeout } = globalThis;
const { setImmediate = (callback) => setTimeout(callback) } = globalThis as {
  /** Node has it. */
  readonly setImmediate?: (callback: () => void) => unknown;
};
const now = performance.now.bind(performance);

/** How long queries may follow each other before timers and sockets get their turn. */
const turnMs = 10;
let turnStart = 0;

/** One holder at a time, in the order of asking. */
export class FifoMutex {
  #last: Promise<void> = Promise.resolve();
  #release: (() => void) | null = null;

  async acquire(): Promise<void> {
    const previous = this.#last;
    let release!: () => void;
    this.#last = new Promise((resolve) => (release = resolve));
    await previous;
    await breathe();
    this.#release = release;
  }

  release(): void {
    const release = this.#release;
    this.#release = null;
    release?.();
  }
}

/** SQLite answers at once, so a chain of queries is one long microtask: let the event loop in now and then. */
async function breathe(): Promise<void> {
  const time = now();
  if (time - turnStart < turnMs) return;
  await new Promise<void>((resolve) => setImmediate(resolve));
  turnStart = now();
}
