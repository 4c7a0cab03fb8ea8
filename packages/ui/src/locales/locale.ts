import { Formats } from './formats.ts';
import { ptBr } from './pt-br.ts';
import type { Translation } from './translation.ts';

/** The texts of one language and how it writes times. */
export interface Locale {
  readonly t: Translation;
  readonly f: Formats;
}

/** By the language of a BCP 47 tag. Portuguese is at hand; another one is loaded by the first element that needs it. */
const loaders: Readonly<Record<string, () => Promise<Translation>>> = {
  en: async () => (await import('./en.ts')).en,
};

const loaded = new Map<string, Translation>([['pt', ptBr]]);
const locales = new Map<Translation, Locale>();

/** The translation for a BCP 47 tag: the same language will do, and Portuguese is for everybody else. */
export function translationFor(language: string | null | undefined): Translation {
  return loaded.get(languageKey(language)) ?? loaded.get('pt') ?? ptBr;
}

/** Adds texts to the Portuguese that is at hand. Whoever draws with it gets them at the next update. */
export function completeTranslation(words: Partial<Translation>): void {
  const before = translationFor('pt');
  const isComplete = Object.keys(words).every((key) => key in before);
  if (!isComplete) loaded.set('pt', { ...before, ...words });
}

/** Loads the translation for a tag. `false`: there is nothing to load, or it cannot be loaded now. */
export async function loadTranslation(language: string | null | undefined): Promise<boolean> {
  const key = languageKey(language);
  const load = loaders[key];
  if (!load || loaded.has(key)) return false;
  try {
    loaded.set(key, await load());
    return true;
  } catch {
    return false;
  }
}

/** The same object for the same texts, so that what was drawn with it need not be drawn again. */
export function localeFor(translation: Translation): Locale {
  let locale = locales.get(translation);
  if (!locale) locales.set(translation, (locale = { t: translation, f: new Formats(translation) }));
  return locale;
}

/** The `lang` that applies to an element, also from outside of the shadow roots that it is in. */
export function languageOf(element: Element): string | null {
  for (let node: Node | null = element; node; node = parentOf(node)) {
    if (node instanceof Element && node.hasAttribute('lang')) return node.getAttribute('lang');
  }
  return null;
}

function languageKey(language: string | null | undefined): string {
  return language?.toLowerCase().split('-')[0] ?? '';
}

function parentOf(node: Node): Node | null {
  return node instanceof ShadowRoot ? node.host : node.parentNode;
}
