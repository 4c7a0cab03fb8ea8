import type { Visitor, WebchatConfig } from '@prosa/core/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { ptBr } from '../locales/pt-br.ts';
import { StartForm } from './start-form.ts';

function config(form: Partial<WebchatConfig['form']> = {}): WebchatConfig {
  return {
    title: 'Loja Cacau',
    greeting: 'Oi',
    subtitle: null,
    accent: null,
    position: 'right',
    form: { name: 'required', email: 'optional', subjects: ['Pedidos', 'Trocas'], ...form },
    maxFileBytes: 1024,
  };
}

const known: Visitor = { id: 'ctt_1', name: 'Marina', email: 'marina@exemplo.com.br', verified: true };

describe('StartForm', () => {
  let form: StartForm;

  beforeEach(() => {
    form = new StartForm();
  });

  it('names the first field that is wrong, in the order of the page, and what is wrong with each', () => {
    expect(form.check(config({ email: 'required' }), null, ptBr)).toBe('name');
    expect(form.errors).toEqual({ name: ptBr.nameMissing, email: ptBr.emailMissing, subject: ptBr.subjectMissing });
  });

  it('takes spaces for nothing', () => {
    form.values.name = '   ';
    expect(form.check(config({ subjects: [] }), null, ptBr)).toBe('name');
  });

  it.each(['marina', 'marina@', '@exemplo.com', 'marina@exemplo', 'ma rina@exemplo.com', 'marina@exemplo.c'])(
    'does not take %s for an e-mail, also where it may be left out',
    (email) => {
      Object.assign(form.values, { name: 'Marina', email });
      expect(form.check(config({ subjects: [] }), null, ptBr)).toBe('email');
      expect(form.errors).toEqual({ email: ptBr.emailWrong });
    },
  );

  it.each(['marina@exemplo.com.br', 'm.souza+loja@exemplo.com', ' marina@exemplo.io '])('takes %s', (email) => {
    Object.assign(form.values, { name: 'Marina', email });
    expect(form.check(config({ subjects: [] }), null, ptBr)).toBeNull();
  });

  it('forgets the errors of before', () => {
    form.check(config(), null, ptBr);
    Object.assign(form.values, { name: 'Marina', subject: 'Trocas' });
    expect(form.check(config(), null, ptBr)).toBeNull();
    expect(form.errors).toEqual({});
  });

  it('asks only what is wanted and not known', () => {
    expect(form.asked(config(), null)).toEqual(['name', 'email', 'subject']);
    expect(form.asked(config(), known)).toEqual(['subject']);
    expect(form.asked(config({ name: 'hidden', email: 'hidden', subjects: [] }), null)).toEqual([]);
    expect(form.asked(config({ subjects: [] }), { ...known, email: null })).toEqual(['email']);
  });

  it('hands over what was said, and of the page only what is not private', () => {
    Object.assign(form.values, { name: ' Marina ', email: '', subject: 'Trocas' });
    const page = new URL('https://loja.exemplo.com.br/pedidos/8812?token=segredo#cpf');
    expect(form.toForm(page)).toEqual({
      name: 'Marina',
      subject: 'Trocas',
      pageUrl: 'https://loja.exemplo.com.br/pedidos/8812',
    });
  });

  it.each([
    { origin: 'null', pathname: '/C:/loja.html' },
    { origin: 'https://loja.exemplo.com.br', pathname: `/${'a'.repeat(2000)}` },
  ])('leaves out a page that the gateway would refuse', (page) => {
    expect(form.toForm(page)).toEqual({});
  });

  it('is empty once it is cleared', () => {
    Object.assign(form.values, { name: 'Marina', email: 'marina@exemplo.com.br', subject: 'Trocas' });
    form.check(config(), null, ptBr);
    form.clear();
    expect(form.values).toEqual({ name: '', email: '', subject: '' });
    expect(form.errors).toEqual({});
  });
});
