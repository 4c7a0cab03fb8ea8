/** The 14 characters of a CNPJ in upper case however it was written, or `null` when it does not look like one. */
export function normalizeCnpj(input: string): string | null {
  const characters = input.replace(/[\s.\-/]/g, '').toUpperCase();
  return /^[0-9A-Z]{12}\d{2}$/.test(characters) ? characters : null;
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
