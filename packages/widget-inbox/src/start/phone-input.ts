import { maskPhoneInput } from '@prosa/core/brazil';

export interface MaskedPhone {
  readonly value: string;
  /** Where the caret belongs: behind as many digits as before. */
  readonly caret: number;
}

/**
 * Writes the punctuation of a phone while somebody types or pastes it: `(83) 99914-2210`, `+55 83 99914-2210`,
 * `+16505551234`. Prefixes that are dialled but belong to no number do not shift the digits: the trunk `0` goes, `00`
 * becomes `+`, and `55` before a whole number is the country.
 */
export function maskPhone(typed: string, caret: number): MaskedPhone {
  const text = plainPrefix(typed);
  const value = maskPhoneInput(text);
  const removed = digitsOf(typed).length - digitsOf(text).length;
  let wanted = Math.max(0, digitsOf(typed.slice(0, caret)).length - removed);
  let at = value.startsWith('+') && caret > 0 ? 1 : 0;
  while (at < value.length && wanted > 0) if (/\d/.test(value.charAt(at++))) wanted--;
  return { value, caret: at };
}

function plainPrefix(typed: string): string {
  const text = typed.trimStart();
  if (text.startsWith('+')) return text;
  const digits = digitsOf(text);
  if (digits.startsWith('00')) return `+${digits.slice(2)}`;
  const national = digits.replace(/^0(?=\d)/, '');
  return national.length > 11 && national.startsWith('55') ? `+${national}` : national;
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
