import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { cache, root } from './paths.ts';
import { cell, code, escape, writePage } from './write-page.ts';

interface Described {
  readonly name?: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
}

interface Declaration extends Described {
  readonly tagName?: string;
  readonly customElement?: boolean;
  readonly kind: string;
  readonly summary?: string;
  readonly attributes?: readonly (Described & { readonly fieldName?: string })[];
  readonly members?: readonly (Described & {
    readonly kind: string;
    readonly privacy?: string;
    readonly static?: boolean;
    readonly inheritedFrom?: object;
  })[];
  readonly events?: readonly Described[];
  readonly slots?: readonly Described[];
  readonly cssParts?: readonly Described[];
  readonly cssProperties?: readonly Described[];
}

/** The files that hold a documented element: what each package's `define` registers. */
const elements = [
  'packages/widget-inbox/src/inbox/prosa-inbox.ts',
  'packages/widget-inbox/src/customer-panel/prosa-customer-panel.ts',
  'packages/widget-inbox/src/provider/prosa-provider.ts',
  'packages/widget-webchat/src/webchat/prosa-webchat.ts',
  'packages/whatsapp-simulator/src/phone-element/whatsapp-phone.ts',
];

/** A page for each element, from its custom elements manifest. */
export async function writeElementPages(): Promise<void> {
  const manifest = await analyze(elements.filter((file) => existsSync(join(root, file))));
  const declarations = manifest.modules.flatMap(({ declarations: found }) => found);
  for (const declaration of declarations) {
    const tag = tagOf(declaration);
    if (tag) await writePage(`elements/${tag}.md`, page(tag, declaration));
  }
}

async function analyze(
  files: readonly string[],
): Promise<{ modules: readonly { declarations: readonly Declaration[] }[] }> {
  await mkdir(cache, { recursive: true });
  const cli = createRequire(import.meta.url).resolve('@custom-elements-manifest/analyzer/cli.js');
  const bin = join(cli, '..', 'cem.js');
  const config = 'tooling/build/src/elements/analyzer.config.mjs';
  const args = ['analyze', '--config', config, '--outdir', relative(root, cache), '--globs', ...files];
  await promisify(execFile)(process.execPath, [existsSync(bin) ? bin : cli, ...args], { cwd: root });
  return JSON.parse(await readFile(join(cache, 'custom-elements.json'), 'utf8')) as never;
}

/** Classes name their tag in a static field, so that importing them registers nothing. */
function tagOf({ tagName, members = [] }: Declaration): string | null {
  if (tagName) return tagName;
  const field = members.find(({ name }) => name === 'tagName') as { readonly default?: string } | undefined;
  return field?.default?.replace(/['"]/g, '') ?? null;
}

function page(tag: string, declaration: Declaration): string[] {
  const {
    summary,
    description = '',
    attributes = [],
    members = [],
    events = [],
    slots = [],
    cssParts = [],
    cssProperties = [],
  } = declaration;
  const own = members.filter(
    ({ name, privacy, static: isStatic, inheritedFrom }) =>
      privacy !== 'private' &&
      privacy !== 'protected' &&
      !isStatic &&
      !inheritedFrom &&
      !name?.startsWith('#') &&
      !lit.has(name ?? ''),
  );
  const attributeOf = new Map(attributes.map(({ name, fieldName }) => [fieldName ?? name, name]));
  const fields = own.filter(({ kind }) => kind === 'field');
  const methods = own.filter(({ kind }) => kind === 'method');
  return [
    '---',
    `title: ${tag}`,
    '---',
    '',
    `# &lt;${tag}&gt;`,
    '',
    ...(summary ? [escape(summary), ''] : []),
    escape(description),
    '',
    ...table('Properties', ['property', 'attribute', 'type', ''], fields, ({ name, type, description: text }) => [
      code(name ?? ''),
      attributeOf.get(name) ? code(attributeOf.get(name) ?? '') : '',
      type ? code(type.text) : '',
      cell(text ?? ''),
    ]),
    ...table('Methods', ['method', ''], methods, ({ name, description: text }) => [
      code(`${name ?? ''}()`),
      cell(text ?? ''),
    ]),
    ...table('Events', ['event', ''], events, ({ name, description: text }) => [code(name ?? ''), cell(text ?? '')]),
    ...table('Slots', ['slot', ''], slots, ({ name, description: text }) => [
      code(name || '(default)'),
      cell(text ?? ''),
    ]),
    ...table('Parts', ['part', ''], cssParts, ({ name, description: text }) => [code(name ?? ''), cell(text ?? '')]),
    ...table('Custom properties', ['property', ''], cssProperties, ({ name, description: text }) => [
      code(name ?? ''),
      cell(text ?? ''),
    ]),
  ];
}

const lit = new Set([
  'render',
  'willUpdate',
  'updated',
  'firstUpdated',
  'connectedCallback',
  'disconnectedCallback',
  'createRenderRoot',
  'properties',
  'styles',
  'tagName',
  'addEventListener',
  'removeEventListener',
]);

function table<Row>(
  title: string,
  head: readonly string[],
  rows: readonly Row[],
  cells: (row: Row) => readonly string[],
): string[] {
  if (rows.length === 0) return [];
  return [
    `## ${title}`,
    '',
    `| ${head.join(' | ')} |`,
    `| ${head.map(() => '---').join(' | ')} |`,
    ...rows.map((row) => `| ${cells(row).join(' | ')} |`),
    '',
  ];
}
