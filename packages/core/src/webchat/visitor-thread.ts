import type { Page, VisitorMessage } from '../contract/index.ts';

const none: readonly VisitorMessage[] = Object.freeze([]);

/** The messages of a conversation that are loaded, oldest first, each in its newest version. */
export class VisitorThread {
  #messages: readonly VisitorMessage[] = none;
  #nextCursor: string | null = null;
  #loaded = false;

  get messages(): readonly VisitorMessage[] {
    return this.#messages;
  }

  /** What `loadMore` asks for; `null`: there is nothing older. */
  get nextCursor(): string | null {
    return this.#nextCursor;
  }

  /** The end of the conversation is here: events continue it without a gap. */
  get isLoaded(): boolean {
    return this.#loaded;
  }

  clear(): void {
    this.#messages = none;
    this.#nextCursor = null;
    this.#loaded = false;
  }

  /** The newest page, in the server's order. What came by event meanwhile stays. */
  putNewest({ data, nextCursor }: Page<VisitorMessage>): void {
    if (!this.#loaded) this.#nextCursor = nextCursor;
    this.#loaded = true;
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
