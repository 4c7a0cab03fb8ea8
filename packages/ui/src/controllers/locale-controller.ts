import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { languageOf, loadTranslation, localeFor, translationFor, type Locale } from '../locales/locale.ts';
import type { Translation } from '../locales/translation.ts';

type Host = ReactiveControllerHost & HTMLElement;

/** Gives the texts in the language of the page around the host, with the host's own words on top. */
export class LocaleController implements ReactiveController {
  readonly #host: Host;
  readonly #overrides: () => Partial<Translation> | undefined;
  #key: readonly [Translation, Partial<Translation> | undefined] | undefined;
  #language: string | null = null;
  #locale: Locale;
  #observer: MutationObserver | undefined;

  constructor(host: Host, overrides: () => Partial<Translation> | undefined) {
    this.#host = host;
    this.#overrides = overrides;
    this.#locale = localeFor(translationFor(null));
    host.addController(this);
  }

  get current(): Locale {
    return this.#locale;
  }

  hostConnected(): void {
    this.#resolve();
    this.#observer = new MutationObserver(() => {
      this.#host.requestUpdate();
    });
    // The page's language and the element's own; a `lang` in between is read when the element is put there.
    for (const target of [document.documentElement, this.#host]) {
      this.#observer.observe(target, { attributes: true, attributeFilter: ['lang'] });
    }
  }

  hostUpdate(): void {
    this.#resolve();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  #resolve(): void {
    const language = languageOf(this.#host);
    if (language !== this.#language) {
      this.#language = language;
      void loadTranslation(language).then((isNew) => {
        if (isNew) this.#host.requestUpdate();
      });
    }
    const base = translationFor(language);
    const overrides = this.#overrides();
    if (this.#key?.[0] === base && this.#key[1] === overrides) return;
    this.#key = [base, overrides];
    this.#locale = localeFor(overrides ? { ...base, ...overrides } : base);
  }
}
