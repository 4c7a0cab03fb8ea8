/** Holds, waits for or takes the lock that makes one tab the leader of its group. */
export class Leadership {
  readonly #locks: LockManager;
  readonly #name: string;
  readonly #onChange: () => void;
  /** The request under way; whatever is said about another one is late. */
  #request: { readonly abort: AbortController; release: () => void } | null = null;
  #isLeader = false;

  constructor(locks: LockManager, name: string, onChange: () => void) {
    this.#locks = locks;
    this.#name = name;
    this.#onChange = onChange;
  }

  get isLeader(): boolean {
    return this.#isLeader;
  }

  /** Gets in line. The browser gives the lock on when its holder closes or crashes. */
  join(): void {
    if (!this.#request) this.#ask(false);
  }

  /** Takes it from a tab that does not answer; that one gets in line again when it wakes. */
  steal(): void {
    this.leave();
    this.#ask(true);
  }

  leave(): void {
    const request = this.#request;
    this.#request = null;
    request?.abort.abort();
    request?.release();
    this.#set(false);
  }

  /** Lets the next in line lead, and gets in line behind it. */
  handOn(): void {
    this.leave();
    this.join();
  }

  #ask(steal: boolean): void {
    const abort = new AbortController();
    const request = { abort, release: () => undefined as void };
    this.#request = request;
    const isCurrent = () => this.#request === request;
    let wasGiven = false;
    const hold = () => {
      if (!isCurrent()) return;
      wasGiven = true;
      this.#set(true);
      return new Promise<void>((resolve) => (request.release = resolve));
    };
    // A signal and `steal` exclude each other.
    const options = steal ? { steal } : { signal: abort.signal };
    this.#locks.request(this.#name, options, hold).catch(() => {
      if (!isCurrent()) return;
      this.#request = null;
      if (wasGiven) {
        // Another tab took it.
        this.#set(false);
        this.join();
      } else {
        // A frame without an origin may not use locks: it is alone.
        this.#request = request;
        this.#set(true);
      }
    });
  }

  #set(isLeader: boolean): void {
    if (isLeader === this.#isLeader) return;
    this.#isLeader = isLeader;
    this.#onChange();
  }
}
