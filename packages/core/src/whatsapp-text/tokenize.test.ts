import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { safeHref } from './links.ts';
import type { TextToken } from './text-token.ts';
import { Tokenizer, tokenizeWhatsAppText } from './tokenize.ts';

const marks = { bold: '*', italic: '_', strike: '~' } as const;

/** The text that the tokens were made from. */
function sourceOf(tokens: readonly TextToken[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'text' || token.type === 'link') return token.text;
      if (token.type === 'code') return '`' + token.text + '`';
      if (token.type === 'block') return '```' + token.text + '```';
      if (token.type === 'quote' || token.type === 'item') return token.marker + sourceOf(token.children);
      return marks[token.type] + sourceOf(token.children) + marks[token.type];
    })
    .join('');
}

/** `*a _b_*` → `<b>a <i>b</i></b>`, for reading. */
function read(text: string): string {
  const write = (tokens: readonly TextToken[]): string =>
    tokens
      .map((token) => {
        if (token.type === 'text') return token.text;
        if (token.type === 'link') return `<${token.href}>`;
        if (token.type === 'code' || token.type === 'block') return `<${token.type}>${token.text}</${token.type}>`;
        return `<${token.type}>${write(token.children)}</${token.type}>`;
      })
      .join('');
  return write(tokenizeWhatsAppText(text));
}

describe('marks', () => {
  it.each([
    ['*negrito*', '<bold>negrito</bold>'],
    ['_itálico_ e ~riscado~', '<italic>itálico</italic> e <strike>riscado</strike>'],
    ['*a _b_ c*', '<bold>a <italic>b</italic> c</bold>'],
    ['(*oi*), "_tudo_"!', '(<bold>oi</bold>), "<italic>tudo</italic>"!'],
    ['*_~x~_*', '<bold><italic><strike>x</strike></italic></bold>'],
    ['use `npm *i*` agora', 'use <code>npm *i*</code> agora'],
    ['```\na *b*\n```', '<block>\na *b*\n</block>'],
    ['*a*\n*b*', '<bold>a</bold>\n<bold>b</bold>'],
  ])('%j', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    '2 * 3 * 4',
    'snake_case_name',
    '**',
    ' * a*',
    '*a *',
    '*a\nb*',
    'a*b*c',
    '*a*b',
    '_a',
    '``',
    '`a\nb`',
    '```',
    '``````',
    '~',
    '',
  ])('%j has none', (text) => {
    expect(read(text)).toBe(text);
  });

  it('that cross: the first that closes wins', () => {
    expect(read('*a _b* c_')).toBe('<bold>a _b</bold> c_');
  });
});

describe('lines', () => {
  it.each([
    ['> citado', '<quote>citado</quote>'],
    ['> *a* e\n> b', '<quote><bold>a</bold> e</quote>\n<quote>b</quote>'],
    ['- leite\n* pão\nfim', '<item>leite</item>\n<item>pão</item>\nfim'],
    ['1. um\n12. _doze_', '<item>um</item>\n<item><italic>doze</italic></item>'],
    ['- *a\n- b*', '<item>*a</item>\n<item>b*</item>'],
    ['> veja https://prosa.example', '<quote>veja <https://prosa.example/></quote>'],
    ['* a*', '<item>a*</item>'],
    ['- a ```b\n- c```', '<item>a </item><block>b\n- c</block>'],
  ])('%j', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each(['>citado', '-a', ' - a', '- ', '1.a', '1234. a', 'a - b', '1. ', '-  a', '> \n> ', '- \na'])(
    '%j has none',
    (text) => {
      expect(read(text)).toBe(text);
    },
  );

  it('know what they were written behind', () => {
    expect(tokenizeWhatsAppText('7. sete')).toEqual([
      { type: 'item', marker: '7. ', children: [{ type: 'text', text: 'sete' }] },
    ]);
  });
});

describe('e-mail addresses and phones', () => {
  it.each([
    ['escreva a ana.maria+1@prosa.example.', 'escreva a <mailto:ana.maria+1@prosa.example>.'],
    ['(ana_maria@prosa.example)', '(<mailto:ana_maria@prosa.example>)'],
    ['*ana@prosa.example*', '<bold><mailto:ana@prosa.example></bold>'],
    ['ligue +55 83 9 9914-2210, ok', 'ligue <tel:+5583999142210>, ok'],
    ['+1 (650) 555-1234', '<tel:+16505551234>'],
    ['(83) 99914-2210 ou (83)3221-4400', '<tel:+5583999142210> ou <tel:+558332214400>'],
    ['www.prosa.example/a.', '<https://www.prosa.example/a>.'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    '@ana',
    'ana@',
    'ana@prosa',
    'ana@.com',
    '@@@@',
    'ana@prosa..example',
    '123.456.789-09',
    '20261120000042',
    '83 99914-2210',
    '+55',
    '1+1 (2) 3',
    '+1234567890123456',
    'a+5583999142210',
    '(83) 99914-22101',
    'www.',
    'awww.prosa.example',
  ])('%s is none', (text) => {
    expect(read(text)).toBe(text);
  });

  it('of a link belong to it', () => {
    expect(read('https://prosa.example/@ana@prosa.example')).toBe('<https://prosa.example/@ana@prosa.example>');
  });
});

describe('links', () => {
  it.each([
    ['veja https://prosa.example/a?b=1#c.', 'veja <https://prosa.example/a?b=1#c>.'],
    ['(http://prosa.example)', '(<http://prosa.example/>)'],
    ['https://pt.example/wiki/Prosa_(livro)', '<https://pt.example/wiki/Prosa_(livro)>'],
    ['*https://prosa.example*', '<bold><https://prosa.example/></bold>'],
    ['_https://prosa.example/a_b_', '<italic><https://prosa.example/a_b></italic>'],
    ['mailto:ana@prosa.example', '<mailto:ana@prosa.example>'],
    ['tel:+5583999142210', '<tel:+5583999142210>'],
    ['HTTPS://PROSA.EXAMPLE', '<https://prosa.example/>'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    ' jAvAsCrIpT&#58;alert(1)',
    'java\tscript:alert(1)',
    'https://prosa.example@evil.example/',
    'https://user:secret@evil.example',
    'https://',
    'http:///',
    'mailto:',
    'mailto:nobody',
    'tel:abc',
    'xhttps://prosa.example',
    'ftp://prosa.example',
    `https://prosa.example/${'a'.repeat(2048)}`,
  ])('%s is none', (text) => {
    expect(tokenizeWhatsAppText(text).every(({ type }) => type === 'text')).toBe(true);
  });

  it('stop at characters that turn or hide text', () => {
    expect(tokenizeWhatsAppText('https://prosa.example/\u202egpj.exe')[0]).toMatchObject({
      type: 'link',
      text: 'https://prosa.example/',
    });
  });

  it('are never of another scheme, whatever is written', () => {
    const hostile = fc.oneof(
      fc.webUrl(),
      fc.string({ unit: 'binary' }),
      fc
        .tuple(fc.constantFrom('javascript:', 'data:', 'https://a@', 'mailto:', 'tel:', 'http://'), fc.string())
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(hostile, (written) => {
        const href = safeHref(written);
        if (href !== null) expect(href).toMatch(/^(https?:\/\/[^@/]+(\/|$|[?#])|mailto:[^\s]+@|tel:[+\d(])/);
      }),
    );
  });
});

describe('any text', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        '*',
        '_',
        '~',
        '`',
        '```',
        '\n',
        ' ',
        'a',
        'é',
        '9',
        '(',
        ')',
        '.',
        'https://',
        'mailto:',
        'x@y.zz',
        '@',
        '- ',
        '> ',
        '1. ',
        '+55 ',
        '(83) 9',
        '9914-2210',
        'www.',
        '😀',
        '\ud83d',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constant('https://prosa.example/a_b'),
    ),
    { maxLength: 60 },
  );

  it('is in the tokens, all of it and in order', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        expect(sourceOf(tokenizeWhatsAppText(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives no empty mark, and no two texts side by side', () => {
    const check = (tokens: readonly TextToken[]) => {
      tokens.forEach((token, index) => {
        if (token.type === 'text') expect(tokens[index + 1]?.type).not.toBe('text');
        if ('text' in token) expect(token.text).not.toBe('');
        if ('children' in token) {
          expect(token.children.length).toBeGreaterThan(0);
          check(token.children);
        }
      });
    };
    fc.assert(
      fc.property(pieces, (parts) => {
        check(tokenizeWhatsAppText(parts.join('')));
      }),
    );
  });

  it.each([
    '*',
    '_',
    '~',
    '`',
    '```',
    '``',
    '(',
    '[',
    ')',
    'a*',
    '*a',
    '*a ',
    '_*~a',
    '*_',
    'http://',
    'https://a.b/',
    'https://a.b/)',
    'mailto:',
    'tel:',
    ' http://a@',
    '`a\n',
    '```a',
    '\n',
    '*a\n',
    'https://a.b/( ',
    'a',
    '> ',
    '> a\n',
    '- *a\n',
    '1. ',
    '1',
    '@',
    'a@',
    'a@b.',
    'a@b.cc ',
    'a@b.cc@',
    '.@-',
    'www.',
    'www.a ',
    '+',
    '+5',
    '+55 ',
    '+55839991422 ',
    '(83) ',
    '(83',
    '(83) 99914-2210',
  ])('of 65,536 hostile characters, here %j again and again, is taken apart in linear time', (piece) => {
    const steps = (length: number) => {
      const tokenizer = new Tokenizer(piece.repeat(Math.ceil(length / piece.length)).slice(0, length));
      tokenizer.run();
      return tokenizer.steps;
    };
    const [half, whole] = [steps(32_768), steps(65_536)];
    expect(whole).toBeLessThanOrEqual(65_536 * 8);
    expect(whole / half).toBeLessThan(2.2);
  });
});
