import { describe, expect, it } from 'vitest';
import { shortenHtml } from './shorten-html.ts';

const one = (text: string) => shortenHtml([text])[0];

describe('shortenHtml', () => {
  it('writes a line break with its indentation as one space', () => {
    expect(one('<p>\n      Olá,\n      <b>Bia</b>\n    </p>')).toBe('<p> Olá, <b>Bia</b> </p>');
  });

  it('keeps the space between inline elements, and adds none', () => {
    expect(one('<b>a</b>\n<b>b</b><i>c</i>')).toBe('<b>a</b> <b>b</b><i>c</i>');
  });

  it('keeps runs without a line break and escapes of one', () => {
    expect(one('a   b\\n   c')).toBe('a   b\\n   c');
  });

  it('closes up the inside of a tag, not before a slash', () => {
    expect(one('<input\n  type=text\n  disabled\n/>')).toBe('<input type=text disabled />');
    expect(one('<div\n  class="x"\n>')).toBe('<div class="x">');
  });

  it('leaves values of attributes alone', () => {
    expect(one('<a title = "um\n   dois" alt=\'>\n  x\'>\n y</a>')).toBe(
      '<a title = "um\n   dois" alt=\'>\n  x\'> y</a>',
    );
  });

  it('takes a quote outside of a value for part of a name', () => {
    expect(one('<p a"b>\n  "c\n  d"</p>')).toBe('<p a"b> "c d"</p>');
  });

  it('leaves comments and verbatim elements alone', () => {
    const text = '<!-- a\n   b --><textarea>\n  c <b>\n  </textarea><style>\n  a > b {}\n</STYLE>';
    expect(one(`${text}\n   <p>`)).toBe(`${text} <p>`);
  });

  it('leaves what is in pre alone, with elements inside', () => {
    expect(one('<pre>\n  <b>\n  x</b>\n</pre>\n  <p>')).toBe('<pre>\n  <b>\n  x</b>\n</pre> <p>');
  });

  it('takes a lone smaller-than sign for text', () => {
    expect(one('1 < 2\n   "a"')).toBe('1 < 2 "a"');
  });

  it('keeps its place across expressions', () => {
    expect(shortenHtml(['<a\n  href="', '\n  x"\n  class=', '\n>\n  ', '\n</a>'])).toEqual([
      '<a href="',
      '\n  x" class=',
      '> ',
      ' </a>',
    ]);
  });

  it('keeps its place in pre and in comments across expressions', () => {
    expect(shortenHtml(['<pre>\n ', '\n </pre>\n '])).toEqual(['<pre>\n ', '\n </pre> ']);
    expect(shortenHtml(['<!--\n ', '\n -->\n '])).toEqual(['<!--\n ', '\n --> ']);
  });

  it('knows a tag whose name is an expression', () => {
    expect(shortenHtml(['<', '\n  a="\n  b"\n>\n</', '\n>'])).toEqual(['<', ' a="\n  b"> </', '>']);
  });
});
