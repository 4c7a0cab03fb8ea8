import { languageOf } from '@prosa/ui';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Words } from './words.ts';

type Host = ReactiveControllerHost & HTMLElement;

/** By language. A page loads the one that it speaks; Portuguese is for everybody else. */
const loaders: Readonly<Record<string, () => Promise<Words>>> = {
  pt: async () => (await import('./pt-br.ts')).ptBr,
  en: async () => (await import('./en.ts')).en,
  es: async () => (await import('./es.ts')).es,
};
const usual = 'pt';
const loaded = new Map<string, Words>();
const loading = new Map<string, Promise<void>>();

/** Loads a language once; without the network it is tried again by whoever needs it next. */
async function load(language: string): Promise<void> {
  const words = loaders[language]?.();
  if (!words || loaded.has(language)) return;
  try {
    loaded.set(language, await words);
  } finally {
    loading.delete(language);
  }
}

/** Gives the texts in the language of the page around the host, with the host's own words on top. */
export class WordsController implements ReactiveController {
  readonly #host: Host;
  readonly #overrides: () => Partial<Words> | undefined;
  #observer: MutationObserver | undefined;
  #key: readonly [Words, Partial<Words> | undefined] | undefined;
  /** `null` until they are loaded. */
  current: Words | null = null;

  constructor(host: Host, overrides: () => Partial<Words> | undefined) {
    this.#host = host;
    this.#overrides = overrides;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer = new MutationObserver(() => {
      this.#host.requestUpdate();
    });
    for (const target of [document.documentElement, this.#host]) {
      this.#observer.observe(target, { attributes: true, attributeFilter: ['lang'] });
    }
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  hostUpdate(): void {
    const language = languageOf(this.#host)?.toLowerCase().split('-')[0] ?? usual;
    const key = language in loaders ? language : usual;
    const base = loaded.get(key);
    if (!base) {
      this.#load(key);
      return;
    }
    const overrides = this.#overrides();
    if (this.#key?.[0] === base && this.#key[1] === overrides) return;
    this.#key = [base, overrides];
    this.current = overrides ? { ...base, ...overrides } : base;
  }

  #load(language: string): void {
    const known = loading.get(language) ?? load(language);
    loading.set(language, known);
    known.then(
      () => {
        this.#host.requestUpdate();
      },
      () => undefined,
    );
  }
}
