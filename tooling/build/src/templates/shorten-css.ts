import { transform, type TransformOptions } from 'esbuild';

/**
 * Minifies the CSS of a template with esbuild. With expressions only white space and comments are taken away, as nobody
 * knows what they will be; CSS that esbuild does not understand in full stays as it is.
 *
 * @param strings the text between the expressions, with escapes resolved
 * @returns as many strings
 */
export async function shortenCss(strings: readonly string[]): Promise<readonly string[]> {
  const hole = holeFor(strings);
  const css = strings.map((text, index) => (index === 0 ? text : hole(index) + text)).join('');
  const options: TransformOptions =
    strings.length === 1 ? { minify: true } : { minifyWhitespace: true, charset: 'utf8' };
  const { code, warnings } = await transform(css, { ...options, charset: 'utf8', loader: 'css', logLevel: 'silent' });
  if (warnings.length > 0) return strings;
  const shortened = splitAt(
    code.trim(),
    strings.slice(1).map((_, index) => hole(index + 1)),
  );
  return shortened ?? strings;
}

/** Stands for an expression: a name that is nowhere in the text, valid as a value, a unit or a part of a name. */
function holeFor(strings: readonly string[]): (index: number) => string {
  let prefix = 'hole-';
  while (strings.some((text) => text.includes(prefix))) prefix = `h${prefix}`;
  return (index) => `${prefix}${String(index)}-`;
}

/** The text between the marks; `null` unless each is there once and in order. */
function splitAt(text: string, marks: readonly string[]): readonly string[] | null {
  const parts: string[] = [];
  let rest = text;
  for (const mark of marks) {
    const at = rest.indexOf(mark);
    if (at === -1 || text.indexOf(mark) !== text.lastIndexOf(mark)) return null;
    parts.push(rest.slice(0, at));
    rest = rest.slice(at + mark.length);
  }
  return [...parts, rest];
}
