import { searchable, searchWords } from './search-text.ts';

/** What somebody typed into the search, taken apart once for everything that it is compared with. */
export interface SearchQuery {
  /** Each has to be in the name (or e-mail address, or code) of whom is looked for. */
  readonly terms: readonly string[];
  /** Each has to be in the message; the last may be the beginning of a word. */
  readonly words: readonly string[];
  /** Has to be in a phone or a document, as they are without punctuation; `null` when it cannot be. */
  readonly number: string | null;
  /** A protocol number or how one begins; `null` when it cannot be. */
  readonly protocol: string | null;
}

/** More make a search dear and no better. */
const maxTerms = 10;
const minDigits = 4;
const numberCharacters = /^[\d\s.\-/()+]+$/;

/** Whatever is typed is a search: what databases give a meaning to (quotes, `*`, NUL) has none here. */
export function parseSearch(typed: string): SearchQuery {
  const text = typed.replace(/\p{Cc}/gu, ' ');
  return {
    terms: searchable(text).split(' ').filter(Boolean).slice(0, maxTerms),
    words: searchWords(text).slice(0, maxTerms),
    number: numberOf(text),
    protocol: protocolOf(text),
  };
}

/** Digits of a phone or a CPF, or an alphanumeric CNPJ; without the trunk zero of `083`. */
function numberOf(text: string): string | null {
  const characters = searchable(text).replace(/[\s.\-/()+]/g, '');
  const number = numberCharacters.test(text) ? characters.replace(/^0+/, '') : characters;
  return /^[0-9a-z]{4,20}$/.test(number) && number.replace(/\D/g, '').length >= minDigits ? number : null;
}

function protocolOf(text: string): string | null {
  const digits = text.replace(/\D/g, '');
  return numberCharacters.test(text) && digits.length >= 8 && digits.length <= 20 ? digits : null;
}

/** What is known about a conversation that was found. */
export interface Found {
  readonly protocol: string | null;
  /** `searchWords` and `searchNumbers` of contact and customer. */
  readonly words: readonly (string | null)[];
  readonly numbers: readonly (string | null)[];
  /** Of the customer, as it is kept. */
  readonly document: string | null;
}

/** Why it was found, the surest reason first; `message` when it was nothing else. */
export function matchOf(
  { terms, number, protocol }: SearchQuery,
  found: Found,
): 'protocol' | 'document' | 'phone' | 'name' | 'message' {
  if (protocol !== null && found.protocol?.startsWith(protocol)) return 'protocol';
  if (number !== null && found.document?.toLowerCase().includes(number)) return 'document';
  if (number !== null && found.numbers.some((numbers) => numbers?.includes(number))) return 'phone';
  return found.words.some((words) => words !== null && terms.every((term) => words.includes(term)))
    ? 'name'
    : 'message';
}
