import type { TemplateCategory, TemplateComponent } from '@prosa/core/contract';
import { describe, expect, it } from 'vitest';
import { componentProblems } from './hsm-check.ts';

type Buttons = Extract<TemplateComponent, { type: 'BUTTONS' }>['buttons'];

const body = (text: string, ...examples: string[]): TemplateComponent => ({ type: 'BODY', text, examples });
const header = (text: string, ...examples: string[]): TemplateComponent => ({
  type: 'HEADER',
  format: 'TEXT',
  text,
  examples,
});
const plain = body('Seu pedido saiu para entrega.');
const problemsOf = (category: TemplateCategory, components: readonly TemplateComponent[]) =>
  componentProblems(category, components, 'body.components').map(({ path, message }) => `${path} ${message}`);
const problems = (...components: TemplateComponent[]) => problemsOf('MARKETING', components);
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
    const [two, three] = [
      { ...one, text: 'Loja' },
      { ...one, text: 'Mapa' },
    ];
    expect(buttonProblems(one, two, three)).toEqual(['buttons must have at most 2 URL']);
    expect(buttonProblems(call, { ...call, text: 'Telefone' })).toEqual(['buttons must have at most 1 PHONE_NUMBER']);
    expect(buttonProblems(reply('Sim'), reply('Não'), one, two, call)).toEqual([]);
    expect(buttonProblems(reply('Sim'), reply('Sim'))).toEqual(['buttons must have different texts']);
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

it('has a body without tabs and heaps of blanks, and a header without emojis', () => {
  for (const text of ['Oi\tvocê', 'Oi\n\n\nvocê', 'Oi     você']) {
    expect(problems(body(text))).toEqual([
      'body.components.0.text must not have tabs, more than two new lines or more than four blanks in a row',
    ]);
  }
  expect(problems(header('Pedido 🍫'), plain)).toEqual(['body.components.0.text must not have emojis']);
});

describe('templates for a code', () => {
  const apps = [{ packageName: 'br.cacau.loja', signatureHash: 'K8a0AINcGX7' }];
  const codeProblems = (...components: object[]) => problemsOf('AUTHENTICATION', components as TemplateComponent[]);
  const text = { type: 'BODY', examples: [], securityRecommendation: true };
  const button = (fields: object = {}) => ({ type: 'BUTTONS', buttons: [{ type: 'OTP', ...fields }] });
  const ofButton = (fields: object) =>
    codeProblems(text, button(fields)).map((problem) => problem.replace('body.components.1.buttons.0.', ''));

  it('leave the words to Meta', () => {
    const none = 'has no place in a template of category AUTHENTICATION';
    expect(
      codeProblems(body('Seu código é {{1}} mesmo.', '1'), { type: 'FOOTER', text: 'Cacau' }, button(), header('Oi')),
    ).toEqual([
      `body.components.0.text ${none}: Meta writes it`,
      `body.components.0.examples ${none}: Meta writes it`,
      `body.components.1.text ${none}: Meta writes it`,
      'body.components.1.codeExpirationMinutes is missing',
      `body.components.3 ${none}`,
    ]);
    expect(codeProblems(text, { type: 'FOOTER', codeExpirationMinutes: 10 }, button())).toEqual([]);
  });

  it('have one button, of a code', () => {
    expect(codeProblems(text)).toEqual(['body.components must have BUTTONS, with one OTP']);
    const reply = { type: 'QUICK_REPLY', text: 'Sim' };
    const wrong = ['body.components.1.buttons must be one OTP'];
    expect(codeProblems(text, { type: 'BUTTONS', buttons: [reply] })).toEqual(wrong);
    expect(codeProblems(text, { type: 'BUTTONS', buttons: [{ type: 'OTP' }, { type: 'OTP' }] })).toEqual(wrong);
  });

  it('hand the code over to an app that they name, without a tap only where the terms are accepted', () => {
    expect(ofButton({ otpType: 'ONE_TAP' })).toEqual(['apps is missing: ONE_TAP hands the code over to an app']);
    expect(ofButton({ otpType: 'ONE_TAP', apps, text: 'Copiar', autofillText: 'Preencher' })).toEqual([]);
    const terms = "acceptsZeroTapTerms must be true: Meta's terms for codes without a tap";
    expect(ofButton({ otpType: 'ZERO_TAP', apps })).toEqual([terms]);
    expect(ofButton({ otpType: 'ZERO_TAP', apps, acceptsZeroTapTerms: false })).toEqual([terms]);
    expect(ofButton({ otpType: 'ZERO_TAP', apps, acceptsZeroTapTerms: true })).toEqual([]);
    expect(ofButton({ otpType: 'COPY_CODE', apps, autofillText: 'Preencher', acceptsZeroTapTerms: true })).toEqual([
      'autofillText has no place on a button that copies the code',
      'apps has no place on a button that copies the code',
      'acceptsZeroTapTerms is for ZERO_TAP',
    ]);
    expect(ofButton({ text: 'Copie\n{{1}}' })).toEqual(['text must be on one line', 'text must not have variables']);
  });

  it('are the only ones with such parts', () => {
    const only = { type: 'FOOTER', text: 'Cacau', codeExpirationMinutes: 5 } as const;
    expect(problems({ ...plain, securityRecommendation: true } as TemplateComponent, only)).toEqual([
      'body.components.0.securityRecommendation is for AUTHENTICATION',
      'body.components.1.codeExpirationMinutes is for AUTHENTICATION',
    ]);
    expect(problems({ type: 'BODY', examples: [] }, { type: 'FOOTER' })).toEqual([
      'body.components.0.text is missing',
      'body.components.1.text is missing',
    ]);
    expect(buttonProblems({ type: 'OTP' })).toEqual(['buttons.0.type OTP is for templates of category AUTHENTICATION']);
  });
});

describe('limited-time offers', () => {
  const offer = { type: 'OFFER', text: 'Só hoje', expires: true } as const;
  const code = (example: string): TemplateComponent => ({
    type: 'BUTTONS',
    buttons: [{ type: 'COPY_CODE', text: 'Copiar código', example }],
  });

  it('are for marketing, on one line', () => {
    expect(problemsOf('UTILITY', [plain, offer])).toEqual(['body.components.1 is for templates of category MARKETING']);
    expect(problems(plain, { ...offer, text: 'Só\nhoje' })).toEqual(['body.components.1.text must be on one line']);
    expect(problems(plain, { ...offer, text: 'Até {{1}}' })).toEqual([
      'body.components.1.text must not have variables',
    ]);
    expect(problems(plain, offer, code('CACAU15'))).toEqual([]);
  });

  it('have a short body and code, no footer, and no header but a picture', () => {
    expect(
      problems(header('Oferta'), body('a'.repeat(601)), offer, { type: 'FOOTER', text: 'Cacau' }, code('C'.repeat(16))),
    ).toEqual([
      'body.components.2 takes no header but an IMAGE or a VIDEO',
      'body.components.2 takes a body of at most 600 characters',
      'body.components.2 has no place in a template with a FOOTER',
      'body.components.2 takes a code of at most 15 characters',
    ]);
  });
});

describe('carousels', () => {
  type Card = Extract<TemplateComponent, { type: 'CAROUSEL' }>['cards'][number];
  const card: Card = {
    format: 'IMAGE',
    attachmentId: 'att_00000000000000000000000000',
    text: 'Trufa de caju',
    examples: [],
    buttons: [{ type: 'QUICK_REPLY', text: 'Quero' }],
  };
  const ofCards = (...cards: Card[]) =>
    problems(plain, { type: 'CAROUSEL', cards }).map((problem) => problem.replace('body.components.1.', ''));

  it('are for marketing, and have nothing beside them but a body', () => {
    const carousel = { type: 'CAROUSEL', cards: [card, card] } as const;
    expect(problemsOf('UTILITY', [plain, carousel])).toEqual([
      'body.components.1 is for templates of category MARKETING',
    ]);
    expect(problems(plain, carousel, { type: 'FOOTER', text: 'Cacau' })).toEqual([
      'body.components.1 has no place beside FOOTER',
    ]);
    expect(problems(plain, carousel)).toEqual([]);
  });

  it('have cards that are made alike', () => {
    const alike = 'cards must be made alike: the same format, a text on all or on none, the same kinds of buttons';
    expect(ofCards(card, { ...card, format: 'VIDEO' })).toEqual([alike]);
    expect(ofCards(card, { ...card, text: null })).toEqual([alike]);
    expect(ofCards(card, { ...card, buttons: [{ type: 'URL', text: 'Ver', url: 'https://loja.test' }] })).toEqual([
      alike,
    ]);
  });

  it('have texts and buttons as every template has', () => {
    const flow = { type: 'FLOW', text: 'Abrir', flowId: '7412', action: 'data_exchange' } as const;
    const bad: Card = { ...card, text: '{{1}} de caju', buttons: [flow] };
    expect(ofCards({ ...card, buttons: [flow] }, bad)).toEqual([
      'cards.0.buttons.0.type must be one of QUICK_REPLY, URL, PHONE_NUMBER',
      'cards.1.examples must have one example for each variable: 1, not 0',
      'cards.1.text must not begin or end with a variable',
      'cards.1.buttons.0.type must be one of QUICK_REPLY, URL, PHONE_NUMBER',
    ]);
    expect(ofCards({ ...card, text: null, examples: ['a'] }, { ...card, text: null })).toEqual([
      'cards.0.examples have no place on a card without a text',
    ]);
  });

  it('have numbers in all variables or names in all', () => {
    const named: Card = { ...card, text: 'Trufa de {{sabor}} hoje', examples: ['caju'] };
    const numbered: Card = { ...card, text: 'Trufa de {{1}} hoje', examples: ['caju'] };
    expect(ofCards(named, numbered)).toEqual(['body.components must have numbers in all variables, or names in all']);
    expect(ofCards(numbered, numbered)).toEqual([]);
  });
});
