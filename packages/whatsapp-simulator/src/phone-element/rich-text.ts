import { html, type TemplateResult } from 'lit';

type Part = string | TemplateResult;

const styles: Readonly<Record<string, (text: string) => TemplateResult>> = {
  '*': (text) => html`<strong>${text}</strong>`,
  _: (text) => html`<em>${text}</em>`,
  '~': (text) => html`<s>${text}</s>`,
  '`': (text) => html`<code>${text}</code>`,
};

const linkStart = /https?:\/\//y;
const linkEnd = /[\s<>"]/;

/**
 * WhatsApp's own marks and links as nodes: `*bold* _italic_ ~struck~ `code``. One pass; what does not close is text.
 * Nothing of it is ever taken for HTML.
 */
export function richText(text: string): readonly Part[] {
  const closings = lastPositions(text);
  const parts: Part[] = [];
  let plain = '';
  let i = 0;
  const flush = () => {
    if (plain !== '') parts.push(plain);
    plain = '';
  };
  while (i < text.length) {
    const mark = text[i] ?? '';
    const end = styles[mark] && (closings[mark] ?? -1) > i + 1 ? text.indexOf(mark, i + 1) : -1;
    if (end > i + 1 && opensWord(text, i) && !/\s/.test(text[i + 1] ?? ' ') && !/\s/.test(text[end - 1] ?? ' ')) {
      flush();
      parts.push(styles[mark]?.(text.slice(i + 1, end)) ?? '');
      i = end + 1;
      continue;
    }
    const link = mark === 'h' && opensWord(text, i) ? linkAt(text, i) : null;
    if (link) {
      flush();
      parts.push(html`<a href=${link} target="_blank" rel="noopener noreferrer nofollow">${link}</a>`);
      i += link.length;
      continue;
    }
    plain += mark;
    i += 1;
  }
  flush();
  return parts;
}

/** Without it, a text of nothing but marks would be searched to its end from each of them. */
function lastPositions(text: string): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.keys(styles).map((mark) => [mark, text.lastIndexOf(mark)]));
}

function opensWord(text: string, at: number): boolean {
  return at === 0 || /[\s(*_~]/.test(text[at - 1] ?? ' ');
}

function linkAt(text: string, at: number): string | null {
  linkStart.lastIndex = at;
  if (!linkStart.test(text)) return null;
  let end = at;
  while (end < text.length && end - at < 2048 && !linkEnd.test(text[end] ?? ' ')) end += 1;
  const link = text.slice(at, end).replace(/[.,;:!?)]+$/, '');
  if (!URL.canParse(link)) return null;
  const { username, password } = new URL(link);
  return username === '' && password === '' ? link : null;
}
