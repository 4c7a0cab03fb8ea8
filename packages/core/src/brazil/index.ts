/** What is particular to Brazil: documents, phones and CEP. */
export { formatCpf, isValidCpf, maskCpf, normalizeCpf } from './cpf.ts';
export { formatCnpj, isAlphanumericCnpj, isValidCnpj, normalizeCnpj } from './cnpj.ts';
export { documentKind, isValidDocument } from './document.ts';
export { formatCep, normalizeCep } from './cep.ts';
export { formatPhone, isAreaCode, normalizePhone, phoneForms, phoneKind, type PhoneKind } from './phone.ts';
export { maskCepInput, maskCnpjInput, maskCpfInput, maskDocumentInput, maskPhoneInput } from './mask-input.ts';
export { maskWithCaret, type MaskedInput } from './mask-caret.ts';
