import { checkDigit } from './check-digits.ts';

const firstWeights = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
const secondWeights = [6, ...firstWeights];

/** The 14 characters of a CNPJ in upper case however it was written, or `null` when it does not look like one. */
export function normalizeCnpj(input: string): string | null {
  const characters = input.replace(/[\s.\-/]/g, '').toUpperCase();
  return /^[0-9A-Z]{12}\d{2}$/.test(characters) ? characters : null;
}

/**
 * Whether the check digits match, for the numeric CNPJ and for the alphanumeric one (IN RFB 2.229/2024: twelve
 * letters or digits, two check digits, issued from July 2026).
 */
export function isValidCnpj(input: string): boolean {
  const cnpj = normalizeCnpj(input);
  if (cnpj === null || /^(.)\1{13}$/.test(cnpj)) return false;
  const first = checkDigit(cnpj.slice(0, 12), firstWeights);
  const second = checkDigit(cnpj.slice(0, 12) + String(first), secondWeights);
  return cnpj.endsWith(`${first}${second}`);
}

/** Whether it is one of the new ones, with letters; its check digits are not looked at. */
export function isAlphanumericCnpj(input: string): boolean {
  return /[A-Z]/.test(normalizeCnpj(input) ?? '');
}

/** `12ABC34501DE35` → `12.ABC.345/01DE-35`; what is not a CNPJ comes back as it was. */
export function formatCnpj(input: string): string {
  const cnpj = normalizeCnpj(input);
  if (cnpj === null) return input;
  return `${cnpj.slice(0, 2)}.${cnpj.slice(2, 5)}.${cnpj.slice(5, 8)}/${cnpj.slice(8, 12)}-${cnpj.slice(12)}`;
}
