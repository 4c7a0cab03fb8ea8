/** Text as searches compare it: lower case, no accents, one blank between words. */
export function searchable(text: string): string {
  return text
    .normalize('NFD')
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

/** The words of a search; a word that is mostly digits is compared without punctuation (`123.456` finds `123456`). */
export function searchTerms(search: string): readonly string[] {
  return searchable(search)
    .split(' ')
    .map((word) => (/^[\d.\-/()+]+$/.test(word) ? word.replace(/[^\d+]/g, '') : word))
    .filter((word) => word !== '');
}
