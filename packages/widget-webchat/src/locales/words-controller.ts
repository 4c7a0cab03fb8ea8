import { languageOf } from '@prosa/ui';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ptBr } from './pt-br.ts';
import type { Words } from './words.ts';

type Host = ReactiveControllerHost & HTMLElement;

/** Portuguese is at hand; what else a page speaks is loaded by the first webchat that needs it. */
const loaders: Readonly<Record<string, () => Promise<Words>>> = {
  en: async () => (await import('./en.ts')).en,
  es: async () => (await import('./es.ts')).es,
};
const loaded = new Map<string, Words>([['pt', ptBr]]);

/** Gives the texts in the language of the page around the host, with the host's own words on top. */
export class WordsController implements ReactiveController {
  readonly #host: Host;
  readonly #overrides: () => Partial<Words> | undefined;
  #observer: MutationObserver | undefined;
  #key: readonly [Words, Partial<Words> | undefined] = [ptBr, undefined];
  current: Words = ptBr;

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
    const language = languageOf(this.#host)?.toLowerCase().split('-')[0] ?? 'pt';
    const base = loaded.get(language) ?? ptBr;
    if (!loaded.has(language)) void this.#load(language);
    const overrides = this.#overrides();
    if (this.#key[0] === base && this.#key[1] === overrides) return;
    this.#key = [base, overrides];
    this.current = overrides ? { ...base, ...overrides } : base;
  }

  /** Without the language, or without the network, it stays in Portuguese. */
  async #load(language: string): Promise<void> {
    const words = await loaders[language]?.().catch(() => undefined);
    if (!words) return;
    loaded.set(language, words);
    this.#host.requestUpdate();
  }
}
