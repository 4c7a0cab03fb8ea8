import { checkDigit } from './check-digits.ts';

const firstWeights = [10, 9, 8, 7, 6, 5, 4, 3, 2];
const secondWeights = [11, ...firstWeights];

/** The 11 digits of a CPF however it was written, or `null` when it does not look like one. */
export function normalizeCpf(input: string): string | null {
  const digits = input.replace(/[\s.\-/]/g, '');
  return /^\d{11}$/.test(digits) ? digits : null;
}

/** Whether the check digits match. Eleven equal digits match by arithmetic but are never issued. */
export function isValidCpf(input: string): boolean {
  const cpf = normalizeCpf(input);
  if (cpf === null || /^(\d)\1{10}$/.test(cpf)) return false;
  const first = checkDigit(cpf.slice(0, 9), firstWeights);
  const second = checkDigit(cpf.slice(0, 9) + String(first), secondWeights);
  return cpf.endsWith(`${first}${second}`);
}

/** `12345678909` → `123.456.789-09`; what is not a CPF comes back as it was. */
export function formatCpf(input: string): string {
  const cpf = normalizeCpf(input);
  return cpf === null ? input : `${cpf.slice(0, 3)}.${cpf.slice(3, 6)}.${cpf.slice(6, 9)}-${cpf.slice(9)}`;
}

/** `12345678909` → `***.456.789-**`, as public bodies show it. */
export function maskCpf(input: string): string {
  const cpf = normalizeCpf(input);
  return cpf === null ? input : `***.${cpf.slice(3, 6)}.${cpf.slice(6, 9)}-**`;
}
