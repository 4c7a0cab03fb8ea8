/** White space is content in `pre` and `listing`, with elements inside. */
const preserving = new Set(['pre', 'listing']);

/** What is inside is no markup: only their own end tag ends it. */
const verbatim = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'plaintext']);

const space = /[ \t\n\f\r]+/y;
const tagStart = /<(\/?)([a-zA-Z][^\s/>]*)?/y;

type State = 'text' | 'tag' | 'value' | 'comment' | 'verbatim';

/**
 * Writes the line breaks of an HTML template, and the indentation around them, as one space.
 *
 * One space stays because it can be seen between inline elements and is heard in an accessible name. Runs without a
 * line break are the author's words and stay, as do attribute values, comments, and what is inside `pre`, `textarea`
 * and the like. A break that is content is written as an escape (`\n`), which is not touched.
 *
 * @param strings the raw text between the expressions, which count as something that is no white space
 * @returns as many strings
 */
export function shortenHtml(strings: readonly string[]): string[] {
  return new HtmlShortener().shorten(strings);
}

class HtmlShortener {
  #state: State = 'text';
  #quote = '';
  #tag = { name: '', closes: false };
  #verbatimName = '';
  #preserved: string[] = [];

  shorten(strings: readonly string[]): string[] {
    return strings.map((text) => {
      let out = '';
      for (let at = 0; at < text.length;) {
        const [length, written] = this.#step(text, at);
        out += written;
        at += length;
      }
      return out;
    });
  }

  /** How much is read at that place, and what is written for it. */
  #step(text: string, at: number): readonly [number, string] {
    const char = text.charAt(at);
    if (char === '\\') return [2, text.slice(at, at + 2)];
    switch (this.#state) {
      case 'text':
        return this.#text(text, at, char);
      case 'tag':
        return this.#inTag(text, at, char);
      case 'value':
        if (char === this.#quote) this.#state = 'tag';
        return [1, char];
      case 'comment':
        if (!text.startsWith('-->', at)) return [1, char];
        this.#state = 'text';
        return [3, '-->'];
      case 'verbatim':
        if (char === '<' && this.#endsVerbatim(text, at)) this.#state = 'text';
        return this.#state === 'text' ? this.#text(text, at, char) : [1, char];
    }
  }

  #text(text: string, at: number, char: string): readonly [number, string] {
    if (char === '<') return this.#open(text, at);
    const run = match(space, text, at)?.[0];
    if (!run) return [1, char];
    return [run.length, this.#preserved.length === 0 && /[\n\r]/.test(run) ? ' ' : run];
  }

  #open(text: string, at: number): readonly [number, string] {
    if (text.startsWith('<!--', at)) {
      this.#state = 'comment';
      return [4, '<!--'];
    }
    const [start = '<', closes = '', name = ''] = match(tagStart, text, at) ?? [];
    // A name may be an expression: then the text ends here. Else a `<` alone is text.
    if (name || at + start.length === text.length) {
      this.#state = 'tag';
      this.#tag = { name: name.toLowerCase(), closes: closes !== '' };
    }
    return [start.length, start];
  }

  #inTag(text: string, at: number, char: string): readonly [number, string] {
    if (char === '"' || char === "'") {
      // Quotes open a value only after `=`; anywhere else they are part of a name.
      if (/=[ \t\n\f\r]*$/.test(text.slice(0, at))) {
        this.#state = 'value';
        this.#quote = char;
      }
      return [1, char];
    }
    if (char === '>') {
      this.#close();
      return [1, char];
    }
    const run = match(space, text, at)?.[0];
    if (!run) return [1, char];
    // Not before `/>`: after a value without quotes the slash would become part of it.
    return [run.length, text.charAt(at + run.length) === '>' ? '' : ' '];
  }

  #close(): void {
    const { name, closes } = this.#tag;
    this.#state = 'text';
    if (preserving.has(name)) {
      if (!closes) this.#preserved.push(name);
      else if (this.#preserved.includes(name)) this.#preserved.splice(this.#preserved.lastIndexOf(name));
    } else if (verbatim.has(name) && !closes) {
      this.#state = 'verbatim';
      this.#verbatimName = name;
    }
  }

  #endsVerbatim(text: string, at: number): boolean {
    const end = match(tagStart, text, at);
    return end?.[1] === '/' && end[2]?.toLowerCase() === this.#verbatimName;
  }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
