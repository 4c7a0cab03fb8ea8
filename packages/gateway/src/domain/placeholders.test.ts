import { describe, expect, it } from 'vitest';
import { fillPlaceholders, hasPlaceholder } from './placeholders.ts';

const values = { protocolo: '20261120000042', nome: 'Marina', atendente: 'Ana', fila: 'Financeiro', posicao: 3 };
const nothing = { protocolo: null, nome: null, atendente: null, fila: null, posicao: null };

describe('placeholders of automatic messages', () => {
  it('are filled in, however they are written and however often', () => {
    expect(
      fillPlaceholders('{nome}, sou {Atendente}. {PROTOCOLO}, {fila}: {posicao}º. Até logo, {nome}.', values),
    ).toBe('Marina, sou Ana. 20261120000042, Financeiro: 3º. Até logo, Marina.');
  });

  it('leave no hole where nobody knows the value', () => {
    expect(fillPlaceholders('Olá, {nome}! Você fala com {atendente}.', nothing)).toBe('Olá! Você fala com.');
    expect(fillPlaceholders('{nome}', nothing)).toBe('');
    expect(fillPlaceholders('Fila:\n{fila}\nfim', nothing)).toBe('Fila:\n\nfim');
  });

  it('take no value for a pattern, and no other word in braces for a placeholder', () => {
    expect(fillPlaceholders('{nome} {cpf} {constructor}', { ...values, nome: '$& {fila}' })).toBe(
      '$& {fila} {cpf} {constructor}',
    );
  });

  it('are found in any case', () => {
    expect([hasPlaceholder('é o {Posicao}º', 'posicao'), hasPlaceholder('posicao', 'posicao')]).toEqual([true, false]);
  });
});
