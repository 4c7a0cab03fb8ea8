import type { Page, VisitorMessage } from '../contract/index.ts';

const none: readonly VisitorMessage[] = Object.freeze([]);

/** The messages of a conversation that are loaded, oldest first, each in its newest version. */
export class VisitorThread {
  #messages: readonly VisitorMessage[] = none;
  #nextCursor: string | null = null;
  #isLoaded = false;

  get messages(): readonly VisitorMessage[] {
    return this.#messages;
  }

  /** What `loadMore` asks for; `null`: there is nothing older. */
  get nextCursor(): string | null {
    return this.#nextCursor;
  }

  clear(): void {
    this.#messages = none;
    this.#nextCursor = null;
    this.#isLoaded = false;
  }

  /**
   * The newest page, in the server's order. What came by event meanwhile stays; what is older stays when nothing is
   * missing between it and the page.
   */
  putNewest({ data, nextCursor }: Page<VisitorMessage>): void {
    const start = data.at(-1)?.position ?? 0;
    const continues = nextCursor === null || this.#messages.some(({ id }) => data.at(-1)?.id === id);
    if (!this.#isLoaded || !continues) {
      this.#nextCursor = nextCursor;
      this.#messages = this.#messages.filter(({ position }) => position >= start);
    }
    this.#isLoaded = true;
    this.put(data);
  }

  putOlder({ data, nextCursor }: Page<VisitorMessage>): void {
    this.#nextCursor = nextCursor;
    this.put(data);
  }

  /** @returns those that are new here */
  put(incoming: readonly VisitorMessage[]): readonly VisitorMessage[] {
    const byId = new Map(this.#messages.map((message) => [message.id, message]));
    const added: VisitorMessage[] = [];
    let changed = false;
    for (const message of incoming) {
      const known = byId.get(message.id);
      if (known && known.version >= message.version) continue;
      if (!known) added.push(message);
      byId.set(message.id, message);
      changed = true;
    }
    if (changed) this.#messages = Object.freeze([...byId.values()].sort((a, b) => a.position - b.position));
    return added;
  }
}
