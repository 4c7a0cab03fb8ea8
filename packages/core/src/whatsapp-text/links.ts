const longestLink = 2048;
const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const scheme = /(?:https?:\/\/|mailto:|tel:|www\.(?=[\p{L}\d]))/iuy;
/** What ends a run of characters that may be a link: blanks, quotes, and characters that hide or turn text around. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const stop = /[\s<>"'`{}|\\^\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const trailing = new Set('.,;:!?)]*_~…');

/** Whether the scheme of a link is written at `index`, or `www.`, which goes without. */
export function startsLink(text: string, index: number): boolean {
  scheme.lastIndex = index;
  return scheme.test(text);
}

const phone = /\+\d[\d ().-]{6,20}\d|\(\d{2}\) ?9? ?\d{4}[- ]?\d{4}/y;
const mailbox = /[\w.%+-]/;
const domain = /[a-z\d.-]/i;

/**
 * The phone that is written at `index`, at most 23 characters, or `null`: with `+` and its country, or with its area in
 * parentheses, which makes it one of Brazil. Bare digits are left alone: they may be a document, a protocol, a price.
 */
export function phoneAt(text: string, index: number): { readonly end: number; readonly href: string } | null {
  phone.lastIndex = index;
  const written = phone.exec(text)?.[0];
  if (written === undefined) return null;
  const digits = written.replace(/\D/g, '');
  const end = index + written.length;
  if (digits.length < 8 || digits.length > 15 || /[\p{L}\p{N}]/u.test(text.charAt(end))) return null;
  return { end, href: `tel:+${written.startsWith('+') ? '' : '55'}${digits}` };
}

/**
 * Where the e-mail address around the `@` at `index` is, which does not reach before `from`; `start === end`: there is
 * none. What is looked at holds no other `@`, so that to look for all addresses of a text takes two passes at most.
 *
 * @returns also how many characters were looked at
 */
export function emailAround(
  text: string,
  index: number,
  from: number,
): { readonly start: number; readonly end: number; readonly looked: number } {
  let start = index;
  while (start > from && mailbox.test(text.charAt(start - 1))) start--;
  let end = index + 1;
  while (domain.test(text.charAt(end))) end++;
  const looked = end - start;
  while (/[.-]/.test(text.charAt(end - 1))) end--;
  while (/[.%+-]/.test(text.charAt(start))) start++;
  const isWhole = start < index && /^(?:[a-z\d-]+\.)+[a-z]{2,}$/i.test(text.slice(index + 1, end));
  return { start, end: isWhole ? end : start, looked };
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
 * phone number, at most 2,048 characters. What starts with `www.` goes to `https://`.
 */
export function safeHref(written: string): string | null {
  if (written.length > longestLink) return null;
  let url: URL;
  try {
    url = new URL(/^www\./i.test(written) ? `https://${written}` : written);
  } catch {
    return null;
  }
  if (!schemes.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  if (url.protocol === 'mailto:') return /^[^\s@?]+@[^\s@?]+$/.test(url.pathname) ? url.href : null;
  if (url.protocol === 'tel:') return /^\+?[\d().\-*#]{3,}$/.test(url.pathname) ? url.href : null;
  return url.hostname === '' ? null : url.href;
}
