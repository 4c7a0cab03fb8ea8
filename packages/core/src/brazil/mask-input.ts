/**
 * Formats what is being typed, however much of it is there: what a person still has to type is never shown, what is too
 * much is cut, and typing on after a deletion works. For whole values use `formatCpf`, `formatCnpj` and `formatPhone`.
 */

/** `1234567` → `123.456.7`. */
export function maskCpfInput(typed: string): string {
  return fill(typed.replace(/\D/g, ''), '000.000.000-00');
}

/** `12abc3450` → `12.ABC.345/0`; letters are part of the alphanumeric CNPJ (IN RFB 2.229/2024). */
export function maskCnpjInput(typed: string): string {
  const characters = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return fill(characters.slice(0, 12) + characters.slice(12).replace(/\D/g, ''), '00.000.000/0000-00');
}

/** A CPF until it has letters or more than 11 characters, then a CNPJ. */
export function maskDocumentInput(typed: string): string {
  const characters = typed.replace(/[^0-9A-Za-z]/g, '');
  return /^\d{0,11}$/.test(characters) ? maskCpfInput(characters) : maskCnpjInput(characters);
}

/** `5803810` → `58038-10`. */
export function maskCepInput(typed: string): string {
  return fill(typed.replace(/\D/g, ''), '00000-000');
}

/** `83999142` → `(83) 9991-42`, `83999142210` → `(83) 99914-2210`; with `+` the digits stay as typed. */
export function maskPhoneInput(typed: string): string {
  const digits = typed.replace(/\D/g, '');
  if (typed.trimStart().startsWith('+')) return fillInternational(digits);
  return fill(digits, digits.length > 10 ? '(00) 00000-0000' : '(00) 0000-0000');
}

function fillInternational(digits: string): string {
  if (!digits.startsWith('55')) return `+${digits.slice(0, 15)}`;
  const national = digits.slice(2);
  return fill(digits, national.length > 10 ? '+00 00 00000-0000' : '+00 00 0000-0000');
}

/** Puts one character for each `0` of the pattern; what lies between is written only before a character that follows. */
function fill(characters: string, pattern: string): string {
  let result = '';
  let separator = '';
  let next = 0;
  for (const place of pattern) {
    const character = characters.charAt(next);
    if (character === '') break;
    if (place === '0') {
      result += separator + character;
      separator = '';
      next++;
    } else separator += place;
  }
  return result;
}
