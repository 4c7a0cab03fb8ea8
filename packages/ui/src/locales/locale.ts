import { en } from './en.ts';
import { Formats } from './formats.ts';
import { ptBr } from './pt-br.ts';
import type { Translation } from './translation.ts';

/** The texts of one language and how it writes times. */
export interface Locale {
  readonly t: Translation;
  readonly f: Formats;
}

const translations: readonly Translation[] = [ptBr, en];
const locales = new Map<Translation, Locale>();

/** The translation for a BCP 47 tag: the same language will do, and Portuguese is for everybody else. */
export function translationFor(language: string | null | undefined): Translation {
  const wanted = language?.toLowerCase().split('-')[0];
  return translations.find((candidate) => candidate.language.toLowerCase().split('-')[0] === wanted) ?? ptBr;
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

function parentOf(node: Node): Node | null {
  return node instanceof ShadowRoot ? node.host : node.parentNode;
}
