import { isValidCnpj, isValidCpf, normalizeCnpj, normalizeCpf } from '@prosa/core/brazil';
import { searchable } from './search-text.ts';
import { withoutEnd } from './without-end.ts';

export const identificationQuestion =
  'Para agilizar seu atendimento, envie seu CPF ou CNPJ. Se preferir não informar, responda *pular*.';

export const identificationInvalid =
  'Este número não parece ser um CPF ou CNPJ. Confira e envie de novo, ou responda *pular*.';

export interface TypedDocument {
  readonly kind: 'cpf' | 'cnpj';
  readonly value: string;
}

/**
 * What a customer who was asked for a document typed: one, something that was meant to be one, that they will not say
 * it, or (`null`) anything else.
 */
export function typedDocument(text: string): TypedDocument | 'invalid' | 'skip' | null {
  if (/^["*]?pular["*.!]*$/.test(searchable(text))) return 'skip';
  const named = text.trim().replace(/^(?:(?:o )?meu )?(?:cpf|cnpj)\b\s*(?:é|eh|[:=-])?\s*/i, '');
  const typed = withoutEnd(named, /[.!]/);
  const cpf = normalizeCpf(typed);
  if (cpf !== null && isValidCpf(cpf)) return { kind: 'cpf', value: cpf };
  const cnpj = normalizeCnpj(typed);
  if (cnpj !== null && isValidCnpj(cnpj)) return { kind: 'cnpj', value: cnpj };
  const digits = typed.replace(/\D/g, '').length;
  const meant = /^[\d\s.\-/]+$/.test(typed) || cnpj !== null;
  return meant && digits >= 10 && digits <= 15 ? 'invalid' : null;
}
