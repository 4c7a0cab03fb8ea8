import { expect, it } from 'vitest';
import fc from 'fast-check';
import { agentOf, conversationOf, customerOf } from '../testing/samples.ts';
import { fillText, placeholderValues } from './placeholders.ts';

it('leaves what nobody knows in the text, and names it once', () => {
  const values = placeholderValues({ conversation: null });
  expect(fillText('Olá, {nome}. {Nome}, seu protocolo é {protocolo}.', values)).toEqual({
    text: 'Olá, {nome}. {Nome}, seu protocolo é {protocolo}.',
    missing: ['nome', 'protocolo'],
  });
});

it.each(['{', '}', '{}', '{outra.coisa}', '{ nome }', '{constructor}', '{__proto__}', '{a.b.c}', '{"nome": 1}'])(
  'takes %s for text',
  (text) => {
    expect(fillText(text, placeholderValues({ conversation: null }))).toEqual({ text, missing: [] });
  },
);

it('fills in what the customer, the contact, the conversation and the agent say', () => {
  const customer = customerOf({ name: 'Marina Alves', document: { kind: 'cpf', value: '12345678909' } });
  const conversation = conversationOf(1, { protocol: '20261120000042', queue: { id: 'que_1', name: 'Financeiro' } });
  const values = placeholderValues({ conversation, customer, agent: agentOf() });
  expect(
    fillText('{Cliente.Primeiro_Nome} {cliente.documento} {cliente.telefone} {fila} {protocolo} {atendente}', values),
  ).toEqual({ text: 'Marina 123.456.789-09 +55 83 9 9914-2210 Financeiro 20261120000042 Ana Ribeiro', missing: [] });
});

it('calls a contact that is not linked by its own name', () => {
  const { nome, 'cliente.documento': document } = placeholderValues({ conversation: conversationOf(7) });
  expect([nome, document]).toEqual(['Contato 7', null]);
});

it('puts a value in as it is, whatever it holds', () => {
  expect(fillText('{nome}', { nome: '{fila} $& $1' }).text).toBe('{fila} $& $1');
});

it('changes nothing that has no placeholder, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      fc.pre(!text.includes('{'));
      expect(fillText(text, { nome: 'Ana' })).toEqual({ text, missing: [] });
    }),
  );
});
