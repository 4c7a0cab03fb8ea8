/** The 11 digits of a CPF however it was written, or `null` when it does not look like one. */
export function normalizeCpf(input: string): string | null {
  const digits = input.replace(/[\s.\-/]/g, '');
  return /^\d{11}$/.test(digits) ? digits : null;
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
