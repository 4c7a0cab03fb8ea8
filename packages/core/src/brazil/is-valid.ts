import { checkDigit } from './check-digits.ts';
import { normalizeCnpj } from './cnpj.ts';
import { normalizeCpf } from './cpf.ts';

const cpfWeights = [10, 9, 8, 7, 6, 5, 4, 3, 2];

/** Whether the check digits match. Eleven equal digits match by arithmetic but are never issued. */
export function isValidCpf(input: string): boolean {
  const cpf = normalizeCpf(input);
  if (cpf === null || /^(\d)\1{10}$/.test(cpf)) return false;
  const first = checkDigit(cpf.slice(0, 9), cpfWeights);
  const second = checkDigit(cpf.slice(0, 9) + String(first), [11, ...cpfWeights]);
  return cpf.endsWith(`${first}${second}`);
}

const cnpjWeights = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];

/**
 * Whether the check digits match, for the numeric CNPJ and for the alphanumeric one (IN RFB 2.229/2024: twelve
 * letters or digits, two check digits, issued from July 2026).
 */
export function isValidCnpj(input: string): boolean {
  const cnpj = normalizeCnpj(input);
  if (cnpj === null || /^(.)\1{13}$/.test(cnpj)) return false;
  const first = checkDigit(cnpj.slice(0, 12), cnpjWeights);
  const second = checkDigit(cnpj.slice(0, 12) + String(first), [6, ...cnpjWeights]);
  return cnpj.endsWith(`${first}${second}`);
}
