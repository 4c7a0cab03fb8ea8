import { isValidCnpj, isValidCpf } from '@prosa/core/brazil';
import type { CustomerDocument } from '@prosa/core/contract';

export type DocumentKind = CustomerDocument['kind'];

/** What counts in a CPF or CNPJ, in upper case: twelve or more characters, or a letter, make it a CNPJ. */
function charactersOf(input: string): string {
  return input
    .replace(/[^0-9a-z]/gi, '')
    .toUpperCase()
    .slice(0, 14);
}

export function documentKindOf(input: string): DocumentKind {
  const characters = charactersOf(input);
  return characters.length > 11 || /[A-Z]/.test(characters) ? 'cnpj' : 'cpf';
}

/** Writes the punctuation while somebody types: `123.456.789-09`, `12.ABC.345/01DE-35`. */
export function maskDocument(input: string): string {
  const characters = charactersOf(input);
  const cuts = documentKindOf(input) === 'cpf' ? cpfCuts : cnpjCuts;
  return Array.from(characters, (character, i) => (cuts[i] ?? '') + character).join('');
}

const cpfCuts: Readonly<Record<number, string>> = { 3: '.', 6: '.', 9: '-' };
const cnpjCuts: Readonly<Record<number, string>> = { 2: '.', 5: '.', 8: '/', 12: '-' };

/** Where the caret belongs after masking: behind as many characters that count as before. */
export function caretAfterMask(before: string, caret: number, masked: string): number {
  let wanted = charactersOf(before.slice(0, caret)).length;
  let at = 0;
  while (at < masked.length && wanted > 0) if (/[0-9A-Z]/.test(masked.charAt(at++))) wanted--;
  return at;
}

export type DocumentCheck =
  | { readonly state: 'empty' }
  | { readonly state: 'incomplete' }
  | { readonly state: 'invalid'; readonly kind: DocumentKind }
  | { readonly state: 'valid'; readonly document: CustomerDocument };

export function checkDocument(input: string): DocumentCheck {
  const value = charactersOf(input);
  const kind = documentKindOf(value);
  if (value === '') return { state: 'empty' };
  if (value.length < (kind === 'cpf' ? 11 : 14)) return { state: 'incomplete' };
  const valid = kind === 'cpf' ? isValidCpf(value) : isValidCnpj(value);
  return valid ? { state: 'valid', document: { kind, value } } : { state: 'invalid', kind };
}

export { formatDocument, hideDocument } from './document-text.ts';
