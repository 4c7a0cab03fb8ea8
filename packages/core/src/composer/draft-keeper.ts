import type { Clock } from '../client/clock.ts';
import type { DraftStorage } from './draft-storage.ts';
import { isEmptyDraft, readDraft, writeDraft, type Draft } from './draft.ts';

export interface DraftKeeperOptions {
  readonly storage: DraftStorage;
  readonly clock: Clock;
  readonly keepMs: number;
  /** Whose drafts these are. May reject: it is asked again when the next conversation is opened. */
  readonly owner: () => Promise<string>;
  readonly onLoaded: () => void;
}

/** The kept copies of drafts. It never rejects: what cannot be kept lives as long as the page. */
export class DraftKeeper {
  readonly #options: DraftKeeperOptions;
  readonly #kept = new Map<string, Draft>();
  /** Changed here and not yet written down: newer than what the storage has. */
  readonly #changed = new Set<string>();
  #owner: string | null = null;
  #loading: Promise<void> | null = null;
  /** Counts erasures: what was asked for before one is of no use after it. */
  #era = 0;

  constructor(options: DraftKeeperOptions) {
    this.#options = options;
  }

  get conversationIds(): readonly string[] {
    return [...this.#kept.keys()];
  }

  get(conversationId: string): Draft | undefined {
    return this.#kept.get(conversationId);
  }

  set(conversationId: string, draft: Draft): void {
    if (isEmptyDraft(draft)) this.#kept.delete(conversationId);
    else this.#kept.set(conversationId, draft);
    this.#changed.add(conversationId);
  }

  /** Once; again after it failed. */
  load(): void {
    this.#loading ??= this.#load();
  }

  async save(): Promise<void> {
    await this.#loading;
    const owner = this.#owner;
    if (owner === null) return;
    const { storage, clock } = this.#options;
    for (const id of [...this.#changed]) {
      const draft = this.#kept.get(id);
      this.#changed.delete(id);
      await attempt(() => storage.save(owner, id, draft ? writeDraft(draft, clock.now()) : null));
    }
  }

  async erase(): Promise<void> {
    this.#era += 1;
    this.#kept.clear();
    this.#changed.clear();
    // Also when it has not been opened yet: an earlier page may have left something.
    const owner = this.#owner ?? (await attempt(this.#options.owner));
    if (owner !== undefined) await attempt(() => this.#options.storage.erase(owner));
  }

  async #load(): Promise<void> {
    const era = this.#era;
    const { storage, clock, keepMs } = this.#options;
    const owner = await attempt(this.#options.owner);
    if (owner === undefined) {
      this.#loading = null;
      return;
    }
    this.#owner = owner;
    const kept = (await attempt(() => storage.load(owner))) ?? {};
    if (era !== this.#era) return;
    for (const [id, text] of Object.entries(kept)) {
      if (this.#changed.has(id)) continue;
      const draft = readDraft(text, clock.now(), keepMs);
      if (draft) this.#kept.set(id, draft);
      else await attempt(() => storage.save(owner, id, null));
    }
    this.#options.onLoaded();
  }
}

/** `undefined` when it failed, now or later. */
async function attempt<T>(work: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
