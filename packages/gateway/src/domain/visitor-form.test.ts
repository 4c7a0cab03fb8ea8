import { expect, it } from 'vitest';
import { Refusal } from './problems.ts';
import { checkForm, type AskedForm } from './visitor-form.ts';

const asked: AskedForm = { name: 'required', email: 'required', subjects: ['Pedido'] };
const unknown = { name: 'Visitante', email: null, verified: 0 };

function refusedPaths(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return (error.details.errors ?? []).map(({ path }) => path);
  }
  return [];
}

it('names everything that is missing', () => {
  expect(refusedPaths(() => checkForm(asked, unknown, {}))).toEqual(['body.name', 'body.email']);
  expect(refusedPaths(() => checkForm(asked, unknown, { name: 'Caio', email: null, subject: 'Outro' }))).toEqual([
    'body.email',
    'body.subject',
  ]);
});

it('asks nothing twice', () => {
  const known = { name: 'Caio', email: 'caio@exemplo.test', verified: 0 };
  expect(checkForm(asked, known, {})).toEqual({ name: null, email: null, subject: null });
  expect(checkForm(asked, known, { name: 'Caio Prado', subject: 'Pedido' })).toEqual({
    name: 'Caio Prado',
    email: null,
    subject: 'Pedido',
  });
});

it('takes nothing that it does not ask for', () => {
  const hidden: AskedForm = { name: 'hidden', email: 'hidden', subjects: [] };
  expect(checkForm(hidden, unknown, { name: 'Caio', email: 'caio@exemplo.test' })).toEqual({
    name: null,
    email: null,
    subject: null,
  });
});

it('never asks somebody whom the website names for an address, nor takes another name from them', () => {
  const named = { name: 'Marina', email: null, verified: 1 };
  expect(checkForm(asked, named, { name: 'Diretoria', email: 'outra@exemplo.test' })).toEqual({
    name: null,
    email: null,
    subject: null,
  });
  const nameless = { name: 'Contato sem nome', email: null, verified: 1 };
  expect(checkForm(asked, nameless, { name: 'Marina' }).name).toBe('Marina');
});
