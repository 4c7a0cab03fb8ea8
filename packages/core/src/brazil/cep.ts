/** The 8 digits of a CEP however it was written, or `null` when it does not look like one. */
export function normalizeCep(input: string): string | null {
  const digits = input.replace(/[\s.-]/g, '');
  // The lowest is that of the Praça da Sé region, 01000-000 (Correios, "Estrutura do CEP").
  return /^\d{8}$/.test(digits) && digits >= '01000000' ? digits : null;
}

/** `58038100` → `58038-100`; what is not a CEP comes back as it was. */
export function formatCep(input: string): string {
  const cep = normalizeCep(input);
  return cep === null ? input : `${cep.slice(0, 5)}-${cep.slice(5)}`;
}
