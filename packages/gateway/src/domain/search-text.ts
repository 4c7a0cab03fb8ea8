import { phoneForms } from '@prosa/core/brazil';

/** Text as searches compare it: lower case, no accents, `ª` and `º` as letters (`2ª via` is `2a via`), one blank between words. */
export function searchable(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** What a customer is found by: words as they are, and numbers without their punctuation. */
export function customerSearchText(fields: {
  readonly name: string;
  readonly documentValue: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly externalId: string | null;
}): string {
  const { name, documentValue, email, phone, externalId } = fields;
  return [name, documentValue, email, phone, externalId]
    .filter((part) => part !== null)
    .map(searchable)
    .join(' ');
}

/**
 * The words of a search; a word that is mostly digits is compared without punctuation (`123.456` finds `123456`).
 * Control characters, which come along when something is pasted, are passed over: PostgreSQL takes no NUL.
 */
export function searchTerms(search: string): readonly string[] {
  return searchable(search.replace(/[^\P{Cc}\s]/gu, ''))
    .split(' ')
    .map((word) => (/^[\d.\-/()+]+$/.test(word) ? word.replace(/[^\d+]/g, '') : word))
    .filter((word) => word !== '');
}

const maxWordLength = 64;

/** The words of a text, each once: runs of letters and digits, as `searchable` has them. */
export function searchWords(text: string): readonly string[] {
  const words = searchable(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.map((word) => Array.from(word).slice(0, maxWordLength).join('')))];
}

/** What a contact or customer is found by in the search for conversations: columns of the same names. */
export interface SearchColumns {
  readonly searchWords: string;
  readonly searchNumbers: string;
}

export function searchColumns(fields: {
  readonly name: string;
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
  readonly username?: string | null;
  readonly externalId?: string | null;
  readonly documentValue?: string | null;
}): SearchColumns {
  const { name, email, username, externalId, phone, documentValue } = fields;
  const words = [name, email, username, externalId].filter((part) => part !== null && part !== undefined);
  // With and without the ninth digit: whichever way somebody types it, it is part of one of them.
  const forms = phone === null ? [] : phoneForms(phone).map((form) => form.replace(/\D/g, ''));
  const numbers = [...forms, ...(documentValue ? [documentValue.toLowerCase()] : [])];
  return { searchWords: words.map(searchable).join(' '), searchNumbers: numbers.join(' ') };
}
