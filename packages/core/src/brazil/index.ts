/** What is particular to Brazil: documents, phones and CEP. */
export { formatCpf, maskCpf, normalizeCpf } from './cpf.ts';
export { formatCnpj, isAlphanumericCnpj, normalizeCnpj } from './cnpj.ts';
export { isValidCnpj, isValidCpf } from './is-valid.ts';
export { documentKind, isValidDocument } from './document.ts';
export { formatCep, normalizeCep } from './cep.ts';
export { isAreaCode } from './phone-parts.ts';
export { formatPhone } from './format-phone.ts';
export { normalizePhone, phoneForms, phoneKind, type PhoneKind } from './phone.ts';
export { maskCepInput, maskCnpjInput, maskCpfInput, maskDocumentInput, maskPhoneInput } from './mask-input.ts';
export { maskWithCaret, type MaskedInput } from './mask-caret.ts';
