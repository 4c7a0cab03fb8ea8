import { isValidCnpj, isValidCpf, normalizePhone } from '@prosa/core/brazil';
import { numberForms } from '@prosa/whatsapp-simulator';
import { describe, expect, it } from 'vitest';
import { customers, phones } from './people.ts';

describe('the people of the demo', () => {
  it.each(Object.values(customers))('$name has a document with matching check digits', ({ document }) => {
    expect(document.kind === 'cpf' ? isValidCpf(document.value) : isValidCnpj(document.value)).toBe(true);
  });

  it('have among them a CPF, a CNPJ of digits, and one with letters', () => {
    expect(customers.joao.document.kind).toBe('cpf');
    expect(customers.padaria.document.value).toMatch(/^[\d./-]+$/);
    expect(customers.atelie.document.value).toMatch(/[A-Z]/);
  });

  it('write from the phones that their records have', () => {
    const forms = (waId: string) => numberForms(waId).map((digits) => `+${digits}`);
    expect(forms(phones.joao.waId)).toContain(normalizePhone(customers.joao.phone));
    expect(forms(phones.claudia.waId)).toContain(normalizePhone(customers.padaria.phone));
  });

  it('have no number twice', () => {
    const numbers = Object.values(phones).flatMap(({ waId }) => numberForms(waId));
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
