import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reference } from './paths.ts';

/** Writes a page under `docs/reference`. */
export async function writePage(name: string, lines: readonly string[]): Promise<void> {
  const file = join(reference, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${lines.join('\n')}\n`);
}

/** Text inside a cell of a table. What stands in backticks stays code. */
export function cell(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') && part.length > 1 ? code(part.slice(1, -1)) : oneLine(part)))
    .join('');
}

function oneLine(text: string): string {
  return escape(text)
    .replaceAll('|', '\\|')
    .replace(/\s*\n\s*/g, ' ');
}

/** `<` and `{{` would be read as Vue. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('{{', '&#123;&#123;');
}

/** As code, whatever is in it. */
export function code(text: string): string {
  return `<code v-pre>${oneLine(text)}</code>`;
}
