const longestLink = 2048;
const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const scheme = /(?:https?:\/\/|mailto:|tel:)/iy;
/** What ends a run of characters that may be a link: blanks, quotes, and characters that hide or turn text around. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const stop = /[\s<>"'`{}|\\^\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const trailing = new Set('.,;:!?)]*_~…');

/** Whether the scheme of a link is written at `index`. */
export function startsLink(text: string, index: number): boolean {
  scheme.lastIndex = index;
  return scheme.test(text);
}

/** Where the run of characters that may be a link ends. */
export function endOfRun(text: string, index: number): number {
  let end = index;
  while (end < text.length && !stop.test(text.charAt(end))) end++;
  return end;
}

/** Takes what ends a sentence off a run. `)` stays when the link opened it, as in `…/wiki/Prosa_(livro)`. */
export function trimLink(run: string): string {
  const opensParenthesis = run.includes('(');
  let end = run.length;
  while (end > 0 && trailing.has(run.charAt(end - 1)) && !(run.charAt(end - 1) === ')' && opensParenthesis)) end--;
  return run.slice(0, end);
}

/**
 * An address that may stand in `href`, or `null`: http(s) with a host and without a user name, an e-mail address, or a
 * phone number, at most 2,048 characters.
 */
export function safeHref(written: string): string | null {
  if (written.length > longestLink) return null;
  let url: URL;
  try {
    url = new URL(written);
  } catch {
    return null;
  }
  if (!schemes.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  if (url.protocol === 'mailto:') return /^[^\s@?]+@[^\s@?]+$/.test(url.pathname) ? url.href : null;
  if (url.protocol === 'tel:') return /^\+?[\d().\-*#]{3,}$/.test(url.pathname) ? url.href : null;
  return url.hostname === '' ? null : url.href;
}
