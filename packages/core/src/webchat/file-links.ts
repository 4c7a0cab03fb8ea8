import type { Clock } from '../client/clock.ts';

/** Links live five minutes. */
const lifeMs = 4 * 60_000;

/** Links to files, asked for again shortly before they end. */
export class FileLinks {
  readonly #clock: Clock;
  readonly #ask: (attachmentId: string) => Promise<string>;
  readonly #known = new Map<string, { readonly url: string; readonly goodUntil: number }>();

  constructor(clock: Clock, ask: (attachmentId: string) => Promise<string>) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** @throws ProsaError */
  async get(attachmentId: string): Promise<string> {
    const known = this.#known.get(attachmentId);
    if (known && known.goodUntil > this.#clock.now()) return known.url;
    const url = await this.#ask(attachmentId);
    this.#known.set(attachmentId, { url, goodUntil: this.#clock.now() + lifeMs });
    return url;
  }

  clear(): void {
    this.#known.clear();
  }
}
