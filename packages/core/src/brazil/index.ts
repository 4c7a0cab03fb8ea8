/** What is particular to Brazil: documents and phones. */
export { formatCpf, isValidCpf, maskCpf, normalizeCpf } from './cpf.ts';
export { formatCnpj, isValidCnpj, normalizeCnpj } from './cnpj.ts';
export { formatPhone, normalizePhone, phoneForms } from './phone.ts';
export { maskCnpjInput, maskCpfInput, maskDocumentInput, maskPhoneInput } from './mask-input.ts';
