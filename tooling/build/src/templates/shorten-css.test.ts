import { describe, expect, it } from 'vitest';
import { shortenCss } from './shorten-css.ts';

describe('shortenCss', () => {
  it('minifies CSS without expressions', async () => {
    expect(await shortenCss(['\n  :host {\n    color: #ff0000; /* alert */\n  }\n'])).toEqual([':host{color:red}']);
  });

  it('only takes white space and comments away around expressions', async () => {
    expect(await shortenCss(['\n  a {\n    width: ', ';\n    color: #ff0000;\n  }\n'])).toEqual([
      'a{width:',
      ';color:#ff0000}',
    ]);
  });

  it('knows expressions as parts of values, of names and as whole rules', async () => {
    expect(await shortenCss(['a { inset: 0 -', ' 0 calc(', ' * 2) }'])).toEqual(['a{inset:0 -', ' 0 calc(', ' * 2)}']);
    expect(await shortenCss(['.', ' > a { --x: 1 }'])).toEqual(['.', '>a{--x: 1 }']);
    expect(await shortenCss(['', '\n  a { b: c; }'])).toEqual(['', ' a{b:c}']);
  });

  it('leaves CSS that cannot be understood as it was', async () => {
    for (const strings of [['a { color: red }}'], ['a { width: ', '']]) {
      expect(await shortenCss(strings)).toEqual(strings);
    }
  });

  it('does not take the text for an expression', async () => {
    expect(await shortenCss(['a { --hole-1-: hole-1-; width: ', ' }'])).toEqual(['a{--hole-1-: hole-1-;width:', '}']);
  });

  it('keeps characters beyond ASCII and escapes in strings', async () => {
    expect(await shortenCss(['a::after { content: "é\\a" }'])).toEqual(['a:after{content:"é\\a"}']);
  });
});
