import type { TemplateComponent } from '@prosa/core/contract';
import { describe, expect, it } from 'vitest';
import { categoryProblems, componentProblems } from './hsm-check.ts';

type Buttons = Extract<TemplateComponent, { type: 'BUTTONS' }>['buttons'];

const body = (text: string, ...examples: string[]): TemplateComponent => ({ type: 'BODY', text, examples });
const header = (text: string, ...examples: string[]): TemplateComponent => ({
  type: 'HEADER',
  format: 'TEXT',
  text,
  examples,
});
const plain = body('Seu pedido saiu para entrega.');
const problems = (...components: TemplateComponent[]) =>
  componentProblems(components, 'body.components').map(({ path, message }) => `${path} ${message}`);
const buttonProblems = (...buttons: Buttons) =>
  problems(plain, { type: 'BUTTONS', buttons }).map((problem) => problem.replace('body.components.1.', ''));

describe('components', () => {
  it('need a body, and each is there once', () => {
    expect(problems({ type: 'FOOTER', text: 'Cacau' })).toEqual(['body.components must have a BODY']);
    expect(problems(plain, plain)).toEqual(['body.components.1 must be the only BODY']);
    expect(problems(plain)).toEqual([]);
  });

  it.each([
    ['Oi, {{1}} e {{3}} aí.', ['a', 'b'], 'text must number its variables from {{1}} on, without gaps'],
    ['Oi, {{2}} aí.', ['a'], 'text must number its variables from {{1}} on, without gaps'],
    ['Oi, {{Nome}} aí.', [], 'text must write variables as {{1}}, {{2}} and so on, or with names like {{first_name}}'],
    ['Oi, {{#1}} aí.', [], 'text must write variables as {{1}}, {{2}} and so on, or with names like {{first_name}}'],
    ['Oi, {{1} aí.', [], 'text must write variables as {{1}}, {{2}} and so on, or with names like {{first_name}}'],
    ['{{1}}, seu pedido saiu.', ['a'], 'text must not begin or end with a variable'],
    ['Seu código é {{1}}', ['a'], 'text must not begin or end with a variable'],
    ['Oi, {{1}} {{2}} aí.', ['a', 'b'], 'text must have words between two variables'],
    ['Oi, {{1}}{{2}} aí.', ['a', 'b'], 'text must have words between two variables'],
    ['Oi, {{1}} aí.', [], 'examples must have one example for each variable: 1, not 0'],
    ['{{nome}}, seu pedido saiu.', ['a'], 'text must not begin or end with a variable'],
    ['Oi, você aí.', ['a'], 'examples must have one example for each variable: 0, not 1'],
  ])('refuse the body %j', (text, examples, message) => {
    expect(problems(body(text, ...examples))).toEqual([`body.components.0.${message}`]);
  });

  it('have numbers everywhere or names everywhere', () => {
    const mixed = ['body.components must have numbers in all variables, or names in all'];
    expect(problems(body('Oi, {{nome}} e {{1}} aí.', 'a', 'b'))).toEqual(mixed);
    expect(problems(header('Pedido {{1}}', '4471'), body('Oi, {{nome}} aí.', 'a'))).toEqual(mixed);
    expect(problems(header('Pedido {{numero}}', '4471'), body('Oi, {{nome}} aí.', 'a'))).toEqual([]);
  });

  it('have a text, a place or an example of a file above them', () => {
    const above = (fields: object) => problems({ type: 'HEADER', examples: [], ...fields } as never, plain);
    const attachmentId = 'att_00000000000000000000000000';
    expect(above({ format: 'TEXT' })).toEqual(['body.components.0.text is missing']);
    expect(above({ format: 'IMAGE' })).toEqual([
      'body.components.0.attachmentId is missing: Meta judges it with an example',
    ]);
    expect(above({ format: 'LOCATION', attachmentId, text: 'Oi' })).toHaveLength(2);
    expect(above({ format: 'IMAGE', attachmentId })).toEqual([]);
    expect(above({ format: 'LOCATION' })).toEqual([]);
  });

  it('take a variable more than once, in any order', () => {
    expect(problems(body('Oi, {{2}}, {{1}} e {{2}} aí.', 'a', 'b'))).toEqual([]);
  });

  it('have a header of one line, with at most one variable and no marks', () => {
    expect(problems(header('{{1}} de {{2}}', 'a', 'b'), plain)).toEqual([
      'body.components.0.text must have at most 1 variable',
    ]);
    expect(problems(header('Olá\nvocê'), plain)).toEqual(['body.components.0.text must be on one line']);
    expect(problems(header('Olá, *você*'), plain)).toEqual([
      'body.components.0.text must not have bold, italics or other marks',
    ]);
    expect(problems(header('Pedido {{1}}', '4471'), plain), 'a header may end with its variable').toEqual([]);
    expect(problems(header('Oferta * só hoje *'), plain)).toEqual([]);
  });

  it('have a footer without variables', () => {
    expect(problems(plain, { type: 'FOOTER', text: 'Até {{1}}' })).toEqual([
      'body.components.1.text must not have variables',
    ]);
  });
});

describe('buttons', () => {
  const reply = (text: string) => ({ type: 'QUICK_REPLY', text }) as const;
  const site = (url: string, example?: string) => ({ type: 'URL', text: 'Site', url, example }) as const;
  const call = { type: 'PHONE_NUMBER', text: 'Ligar', phoneNumber: '+558330001000' } as const;

  it('are at most two addresses and one phone', () => {
    const one = site('https://loja.test');
    expect(buttonProblems(one, one, one)).toEqual(['buttons must have at most 2 URL']);
    expect(buttonProblems(call, call)).toEqual(['buttons must have at most 1 PHONE_NUMBER']);
    expect(buttonProblems(reply('Sim'), reply('Não'), one, one, call)).toEqual([]);
  });

  it('have their quick replies side by side', () => {
    expect(buttonProblems(reply('Sim'), call, reply('Não'))).toEqual([
      'buttons must have its QUICK_REPLY buttons side by side',
    ]);
    expect(buttonProblems(call, reply('Sim'), site('https://loja.test'))).toEqual([
      'buttons must have its QUICK_REPLY buttons side by side',
    ]);
    expect(buttonProblems(call, reply('Sim'), reply('Não'))).toEqual([]);
  });

  it('have plain texts', () => {
    expect(buttonProblems(reply('Oi {{1}}'))).toEqual(['buttons.0.text must not have variables']);
    expect(buttonProblems(reply('Oi\nvocê'))).toEqual(['buttons.0.text must be on one line']);
  });

  it('take one variable, at the end of the address, with an example of the whole', () => {
    const at = 'https://loja.test/p/';
    expect(buttonProblems(site(`${at}{{1}}`, `${at}4471`))).toEqual([]);
    expect(buttonProblems(site(`${at}{{1}}`))).toEqual(['buttons.0.example must be the whole address, as an example']);
    expect(buttonProblems(site(`${at}{{1}}`, '4471'))).toEqual([`buttons.0.example must begin with ${at}`]);
    for (const url of [`${at}{{1}}/x`, `${at}{{2}}`, `${at}{{1}}{{1}}`, `${at}{{a}}`]) {
      expect(buttonProblems(site(url, url))).toEqual(['buttons.0.url may have one variable, {{1}}, at its end']);
    }
    for (const url of ['https://', 'https://loja.test/\0', 'https://loja.test/a b']) {
      expect(buttonProblems(site(url))).toEqual(['buttons.0.url must be an address that starts with https://']);
    }
  });
});

it('leaves templates for authentication to Meta', () => {
  expect(categoryProblems('AUTHENTICATION', 'body.category')).toHaveLength(1);
  expect(categoryProblems('UTILITY', 'body.category')).toEqual([]);
});
