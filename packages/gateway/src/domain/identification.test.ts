import { expect, it } from 'vitest';
import { typedDocument } from './identification.ts';

it.each([
  ['529.982.247-25', 'cpf', '52998224725'],
  [' 52998224725. ', 'cpf', '52998224725'],
  ['Meu CPF é 529.982.247-25', 'cpf', '52998224725'],
  ['cnpj: 12.ABC.345/01DE-35', 'cnpj', '12ABC34501DE35'],
  ['12abc34501de35', 'cnpj', '12ABC34501DE35'],
])('%s is a document', (text, kind, value) => {
  expect(typedDocument(text)).toEqual({ kind, value });
});

it.each([
  '529.982.247-26',
  '5299822472',
  '111.111.111-11',
  '12.345.678/0001-00',
  '12.ABC.345/01DE-36 ',
  'CPF 52998224726',
])('%s was meant to be one, or is left alone when it has letters for most', (text) => {
  expect(typedDocument(text)).toBe(text.includes('ABC') ? null : 'invalid');
});

it.each(['pular', 'PULAR', ' Pular. ', '*pular*', '"pular"'])('%s is no document, and none will come', (text) => {
  expect(typedDocument(text)).toBe('skip');
});

it.each([
  '',
  'Oi',
  'Quero pular de plano',
  'Pedido 12345',
  '58000-000',
  '20/11/2026',
  '(83) 99914-2210',
  'cpf',
  '1'.repeat(16),
])('%j is a message like any other', (text) => {
  expect(typedDocument(text)).toBeNull();
});
