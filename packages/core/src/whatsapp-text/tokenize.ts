import { emailAround, endOfRun, phoneAt, safeHref, startsLink, trimLink } from './links.ts';
import type { TextToken } from './text-token.ts';

const marks = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
type Mark = keyof typeof marks;

/** A mark that was opened and may yet be closed; until then its content is kept apart. */
interface Frame {
  readonly mark: Mark | null;
  /** Of a line: `> `, `- `, `1. `. */
  readonly marker: string | null;
  readonly children: TextToken[];
  readonly contentAt: number;
}

const fence = '```';
/** At the beginning of a line, before what is not blank. */
const lineStart = /(?:>|[-*]|\d{1,3}\.) (?=\S)/y;

/**
 * Takes a WhatsApp text apart: `*bold*`, `_italic_`, `~strike~`, `` `code` ``, ```` ```block``` ````, lines that begin with
 * `> `, `- `, `* ` or `1. `, and links, e-mail addresses and phones that are safe. Marks follow WhatsApp's rules: they hug their content, stand outside of words, and close on their own line
 * (WhatsApp Help Center, "How to format your messages"). Any text is fine, and time grows with its length only.
 */
export function tokenizeWhatsAppText(text: string): readonly TextToken[] {
  return new Tokenizer(text).run();
}

/** The tokenizer with its work counted, so that a test can tell that it is linear. */
export class Tokenizer {
  readonly #text: string;
  /** The innermost open mark is last; each mark is open once at most, so there are never more than five. */
  readonly #frames: Frame[] = [{ mark: null, marker: null, children: [], contentAt: 0 }];
  #index = 0;
  /** Start of the plain text that no token has yet. */
  #plainAt = 0;
  /** Links are not looked for before this: the run that ends here was not one. */
  #noLinkBefore = 0;
  /** Next places of what is searched for ahead; only ever moved forwards. */
  readonly #ahead = new Map<string, number>();
  steps = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): readonly TextToken[] {
    const text = this.#text;
    while (this.#index < text.length) {
      this.steps++;
      if (this.#isAtLineStart() && this.#line()) continue;
      const character = text.charAt(this.#index);
      if (character === '\n') this.#closeLine();
      else if (character === '`' && (this.#block() || this.#code())) continue;
      else if (character in marks) this.#mark(character as Mark);
      else if (/[hmtw]/i.test(character) && this.#link()) continue;
      else if (character === '@' && this.#email()) continue;
      else if (/[+(]/.test(character) && this.#phone()) continue;
      this.#index++;
    }
    this.#closeLine();
    return this.#frames[0]?.children ?? [];
  }

  #isAtLineStart(): boolean {
    return this.#index === 0 || this.#text.charAt(this.#index - 1) === '\n';
  }

  /** A quote, or an item of a list: it lasts as long as its line. */
  #line(): boolean {
    const index = this.#index;
    lineStart.lastIndex = index;
    const marker = lineStart.exec(this.#text)?.[0];
    if (marker === undefined) return false;
    this.#flush();
    this.#index = this.#plainAt = index + marker.length;
    this.#frames.push({ mark: null, marker, children: [], contentAt: this.#index });
    return true;
  }

  #block(): boolean {
    const start = this.#index + fence.length;
    if (!this.#text.startsWith(fence, this.#index)) return false;
    const end = this.#next(fence, start + 1);
    if (end === -1) return false;
    // A block has lines of its own, so no mark reaches over it.
    this.#closeLine();
    this.#push({ type: 'block', text: this.#text.slice(start, end) }, end + fence.length);
    return true;
  }

  #code(): boolean {
    const start = this.#index + 1;
    const end = this.#next('`', start);
    if (end <= start) return false;
    const lineEnd = this.#next('\n', start);
    if (lineEnd !== -1 && lineEnd < end) return false;
    this.#push({ type: 'code', text: this.#text.slice(start, end) }, end + 1);
    return true;
  }

  #link(): boolean {
    const index = this.#index;
    if (index < this.#noLinkBefore || this.#isWord(index - 1) || !startsLink(this.#text, index)) return false;
    const end = endOfRun(this.#text, index);
    this.steps += end - index;
    const written = trimLink(this.#text.slice(index, end));
    const href = safeHref(written);
    if (href === null) {
      this.#noLinkBefore = end;
      return false;
    }
    this.#push({ type: 'link', text: written, href }, index + written.length);
    return true;
  }

  #email(): boolean {
    const from = Math.max(this.#plainAt, this.#noLinkBefore);
    const { start, end, looked } = emailAround(this.#text, this.#index, from);
    this.steps += looked;
    if (start === end) return false;
    const written = this.#text.slice(start, end);
    const href = safeHref(`mailto:${written}`);
    if (href === null || this.#isWord(start - 1)) return false;
    this.#index = start;
    this.#push({ type: 'link', text: written, href }, end);
    return true;
  }

  #phone(): boolean {
    const index = this.#index;
    const found = this.#isWord(index - 1) ? null : phoneAt(this.#text, index);
    if (!found) return false;
    const { end, href } = found;
    this.steps += end - index;
    this.#push({ type: 'link', text: this.#text.slice(index, end), href }, end);
    return true;
  }

  #mark(mark: Mark): void {
    const index = this.#index;
    const depth = this.#frames.findIndex((frame) => frame.mark === mark);
    if (depth === -1) {
      const canOpen = !this.#isWord(index - 1) && !this.#isBlank(index + 1) && this.#text.charAt(index + 1) !== mark;
      if (!canOpen) return;
      this.#flush();
      this.#plainAt = index + 1;
      this.#frames.push({ mark, marker: null, children: [], contentAt: index + 1 });
      return;
    }
    const isEmpty = this.#frames[depth]?.contentAt === index;
    if (isEmpty || this.#isBlank(index - 1) || this.#isWord(index + 1)) return;
    this.#flush();
    while (this.#frames.length > depth + 1) this.#giveUp();
    const children = this.#frames.pop()?.children ?? [];
    this.#plainAt = index + 1;
    this.#top().push({ type: marks[mark], children });
  }

  #closeLine(): void {
    this.#flush();
    while (this.#frames.length > 1) this.#giveUp();
  }

  /** The innermost mark was none: it is text, and its content belongs to what is around it. A line is whole at its end. */
  #giveUp(): void {
    const frame = this.#frames.pop();
    if (!frame) return;
    const parent = this.#top();
    const { marker, children } = frame;
    if (marker !== null) parent.push({ type: marker === '> ' ? 'quote' : 'item', marker, children });
    if (frame.mark === null) return;
    appendText(parent, frame.mark);
    for (const child of frame.children) {
      this.steps++;
      if (child.type === 'text') appendText(parent, child.text);
      else parent.push(child);
    }
  }

  #push(token: TextToken, end: number): void {
    this.#flush();
    this.#top().push(token);
    this.#index = this.#plainAt = end;
  }

  #flush(): void {
    if (this.#plainAt < this.#index) appendText(this.#top(), this.#text.slice(this.#plainAt, this.#index));
    this.#plainAt = this.#index;
  }

  #top(): TextToken[] {
    return this.#frames.at(-1)?.children ?? [];
  }

  /** Where `wanted` comes next; what was found is remembered, so that the text is searched once. */
  #next(wanted: string, from: number): number {
    let place = this.#ahead.get(wanted) ?? -2;
    if (place === -1 || place >= from) return place;
    place = this.#text.indexOf(wanted, from);
    this.steps += (place === -1 ? this.#text.length : place) - from;
    this.#ahead.set(wanted, place);
    return place;
  }

  #isWord(index: number): boolean {
    return /[\p{L}\p{N}]/u.test(this.#text.charAt(index));
  }

  #isBlank(index: number): boolean {
    const character = this.#text.charAt(index);
    return character === '' || /\s/.test(character);
  }
}

function appendText(tokens: TextToken[], text: string): void {
  const last = tokens.at(-1);
  if (last?.type === 'text') tokens[tokens.length - 1] = { type: 'text', text: last.text + text };
  else tokens.push({ type: 'text', text });
}
