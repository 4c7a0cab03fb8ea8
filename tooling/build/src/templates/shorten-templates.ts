import MagicString from 'magic-string';
import type { Plugin, ProgramNode } from 'rollup';
import { shortenCss } from './shorten-css.ts';
import { shortenHtml } from './shorten-html.ts';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface Quasi extends Node {
  readonly value: { readonly raw: string; readonly cooked: string | null };
}

interface TaggedTemplate extends Node {
  readonly tag: Node & { readonly name?: string };
  readonly quasi: { readonly quasis: readonly Quasi[] };
}

interface Import extends Node {
  readonly source: { readonly value: string };
  readonly specifiers: readonly {
    readonly imported?: { readonly name?: string };
    readonly local: { readonly name: string };
  }[];
}

const lit = /^(lit|lit-html|lit-element|@lit\/[^/]+)(\/|$)/;
const kinds = new Set(['html', 'svg', 'mathml', 'css']);

/** Shortens the templates that are tagged with `html`, `svg`, `mathml` and `css` of Lit; another's tag is left alone. */
export function shortenTemplates(): Plugin {
  return {
    name: 'prosa-shorten-templates',
    async transform(code) {
      if (!code.includes('`') || !/['"](@?lit)\b/.test(code)) return null;
      const program = this.parse(code);
      const tags = tagsOf(program);
      const text = new MagicString(code);
      for (const template of templatesOf(program)) {
        const kind = tags.get(template.tag.name ?? '');
        if (!kind) continue;
        const { quasis } = template.quasi;
        const shortened = kind === 'css' ? await cssOf(quasis) : htmlOf(quasis);
        quasis.forEach(({ start, end, value }, index) => {
          const short = shortened[index] ?? value.raw;
          if (short === value.raw) return;
          if (short === '') text.remove(start, end);
          else text.update(start, end, short);
        });
      }
      return text.hasChanged() ? { code: text.toString(), map: text.generateMap({ hires: true }) } : null;
    },
  };
}

function htmlOf(quasis: readonly Quasi[]): readonly string[] {
  const raw = quasis.map(({ value }) => value.raw);
  // Any other escape may stand for a character of the markup.
  return raw.some((text) => /\\[^\\`${nt]/.test(text)) ? raw : shortenHtml(raw);
}

async function cssOf(quasis: readonly Quasi[]): Promise<readonly string[]> {
  const cooked = quasis.flatMap(({ value }) => value.cooked ?? []);
  if (cooked.length !== quasis.length) return [];
  return (await shortenCss(cooked)).map((text) => text.replaceAll(/[\\`]|\$(?=\{)/g, '\\$&'));
}

/** Local name → what it is of Lit. */
function tagsOf(program: ProgramNode): ReadonlyMap<string, string> {
  const imports = program.body.filter(({ type }) => type === 'ImportDeclaration') as unknown as Import[];
  const tags = imports
    .filter(({ source }) => lit.test(source.value))
    .flatMap(({ specifiers }) => specifiers)
    .map(({ imported, local }) => [local.name, imported?.name ?? ''] as const);
  return new Map(tags.filter(([, name]) => kinds.has(name)));
}

function templatesOf(node: unknown, found: TaggedTemplate[] = []): TaggedTemplate[] {
  if (Array.isArray(node)) for (const child of node) templatesOf(child, found);
  else if (typeof node === 'object' && node !== null) {
    if ('type' in node && node.type === 'TaggedTemplateExpression') found.push(node as TaggedTemplate);
    for (const child of Object.values(node)) templatesOf(child, found);
  }
  return found;
}
