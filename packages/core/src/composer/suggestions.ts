import { fold, matching, type CannedReply } from './canned-reply.ts';
import type { PlaceholderValues } from '../placeholders/placeholders.ts';
import type { Trigger } from './trigger.ts';

/** An agent who can be mentioned. */
export interface MentionCandidate {
  readonly id: string;
  readonly name: string;
}

/** One thing that can be put in. */
export type Choice =
  | { readonly kind: 'mention'; readonly agent: MentionCandidate }
  | { readonly kind: 'canned'; readonly reply: CannedReply }
  /** `value`: what it would be filled in with; `null`: nobody knows. */
  | { readonly kind: 'placeholder'; readonly name: string; readonly value: string | null };

/** What is offered while somebody writes. */
export interface Suggestion extends Trigger {
  /** Best first. */
  readonly choices: readonly Choice[];
  /** The list is being fetched. */
  readonly isLoading: boolean;
  /** The list could not be fetched; the next key tries again. */
  readonly error: unknown;
}

interface Fetched<Item> {
  readonly items: readonly Item[] | null;
  readonly isLoading: boolean;
  readonly error: unknown;
}

/** A list of the host that is asked for when it is first needed. */
export class FetchedList<Item> {
  readonly #fetch: () => Promise<readonly Item[]>;
  readonly #onChange: () => void;
  #state: Fetched<Item> = { items: null, isLoading: false, error: null };

  constructor(fetch: () => Promise<readonly Item[]>, onChange: () => void) {
    this.#fetch = fetch;
    this.#onChange = onChange;
  }

  /** @param again after a failure, too */
  get(again: boolean): Fetched<Item> {
    const { items, isLoading, error } = this.#state;
    if (items === null && !isLoading && (error === null || again)) {
      this.#state = { items, isLoading: true, error: null };
      void this.#load();
    }
    return this.#state;
  }

  /** The next one who needs it asks again. */
  forget(): void {
    this.#state = { items: null, isLoading: false, error: null };
  }

  async #load(): Promise<void> {
    const asked = this.#state;
    let next: Fetched<Item>;
    try {
      next = { items: Object.freeze([...(await this.#fetch())]), isLoading: false, error: null };
    } catch (error) {
      next = { items: null, isLoading: false, error };
    }
    if (this.#state !== asked) return;
    this.#state = next;
    this.#onChange();
  }
}

export interface SuggestionLists {
  readonly mentions: FetchedList<MentionCandidate>;
  readonly canned: FetchedList<CannedReply>;
}

/**
 * What can be chosen for a trigger.
 *
 * @param isNew the trigger has just changed: a list that could not be fetched is asked for again
 */
export function suggestionFor(
  trigger: Trigger,
  { mentions, canned }: SuggestionLists,
  values: PlaceholderValues,
  isNew: boolean,
): Suggestion {
  const { kind, query } = trigger;
  if (kind === 'placeholder') {
    const names = Object.keys(values).filter((name) => name.startsWith(fold(query)));
    const choices = names.map((name): Choice => ({ kind, name, value: values[name] ?? null }));
    return { ...trigger, choices, isLoading: false, error: null };
  }
  if (kind === 'mention') {
    const { items, isLoading, error } = mentions.get(isNew);
    const found = matching(items ?? [], query, ({ name }) => [name]);
    return { ...trigger, choices: found.map((agent): Choice => ({ kind, agent })), isLoading, error };
  }
  const { items, isLoading, error } = canned.get(isNew);
  const found = matching(items ?? [], query, ({ shortcut, title }) => [shortcut, title]);
  return { ...trigger, choices: found.map((reply): Choice => ({ kind, reply })), isLoading, error };
}
