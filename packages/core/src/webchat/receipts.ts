type Status = 'delivered' | 'read';

/** Says how far the messages have arrived and were seen: only forwards, and one word at a time. */
export class Receipts {
  readonly #tell: (position: number, status: Status) => Promise<void>;
  #told = { delivered: 0, read: 0 };
  #isTelling = false;
  /** Said while another was on its way. */
  #next: (() => void) | null = null;

  constructor(tell: (position: number, status: Status) => Promise<void>) {
    this.#tell = tell;
  }

  /** Another conversation, or another visitor. */
  reset(): void {
    this.#told = { delivered: 0, read: 0 };
    this.#next = null;
  }

  mark(position: number, status: Status): void {
    if (position <= this.#told.read || position <= this.#told[status]) return;
    if (this.#isTelling) {
      this.#next = () => {
        this.mark(position, status);
      };
      return;
    }
    this.#isTelling = true;
    this.#told = { ...this.#told, [status]: position };
    void this.#tell(position, status)
      .catch(() => {
        // The next message, or the next look, says it again.
        this.reset();
      })
      .finally(() => {
        this.#isTelling = false;
        const next = this.#next;
        this.#next = null;
        next?.();
      });
  }
}
