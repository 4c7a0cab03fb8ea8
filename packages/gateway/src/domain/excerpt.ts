import { searchable } from './search-text.ts';

const before = 40;
const after = 120;

/**
 * The line around the first of the words, as plain text with its accents; the beginning of the text when none of them
 * is in it. The last word may be the beginning of a longer one.
 */
export function excerptOf(text: string, words: readonly string[]): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const at = firstMatch(line, words);
  const start = at <= before ? 0 : wordStart(line, at);
  const end = wordEnd(line, at + after);
  return `${start > 0 ? '…' : ''}${line.slice(start, end).trim()}${end < line.length ? '…' : ''}`;
}

function firstMatch(line: string, words: readonly string[]): number {
  const prefix = words.at(-1);
  for (const { 0: written, index } of line.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const word = searchable(written);
    if (words.includes(word) || (prefix !== undefined && word.startsWith(prefix))) return index;
  }
  return 0;
}

/** Where a word begins, not long before the match. */
function wordStart(line: string, at: number): number {
  const blank = line.indexOf(' ', at - before);
  return blank === -1 || blank >= at ? at : blank + 1;
}

function wordEnd(line: string, limit: number): number {
  if (limit >= line.length) return line.length;
  const blank = line.lastIndexOf(' ', limit);
  if (blank > limit - before) return blank;
  // No character is cut in half.
  return /[\uDC00-\uDFFF]/.test(line.charAt(limit)) ? limit - 1 : limit;
}
