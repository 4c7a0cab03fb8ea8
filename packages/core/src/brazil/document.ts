import { normalizeCnpj } from './cnpj.ts';
import { normalizeCpf } from './cpf.ts';
import { isValidCnpj, isValidCpf } from './is-valid.ts';

/** Which of the two it looks like, by letters and length; its check digits are not looked at. `null`: neither. */
export function documentKind(input: string): 'cpf' | 'cnpj' | null {
  if (normalizeCpf(input) !== null) return 'cpf';
  return normalizeCnpj(input) !== null ? 'cnpj' : null;
}

/** Whether it is a CPF or a CNPJ whose check digits match. */
export function isValidDocument(input: string): boolean {
  return isValidCpf(input) || isValidCnpj(input);
}
