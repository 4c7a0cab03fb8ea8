import { formatCnpj, formatCpf, maskCpf, normalizeCnpj } from '@prosa/core/brazil';
import type { CustomerDocument } from '@prosa/core/contract';

export function formatDocument({ kind, value }: CustomerDocument): string {
  return kind === 'cpf' ? formatCpf(value) : formatCnpj(value);
}

/** Enough to recognise it by, not enough to use it. */
export function hideDocument({ kind, value }: CustomerDocument): string {
  if (kind === 'cpf') return maskCpf(value);
  const cnpj = normalizeCnpj(value);
  return cnpj === null ? value : `**.${cnpj.slice(2, 5)}.${cnpj.slice(5, 8)}/****-**`;
}
