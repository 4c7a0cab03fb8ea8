import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reference } from './paths.ts';
import { commentOf, firstSentence } from './typescript/comments.ts';
import { kinds, readExports, type Entry, type Exported, type Kind } from './typescript/exports.ts';
import { symbolPage } from './typescript/symbol-page.ts';
import { TypeText } from './typescript/type-text.ts';
import { cell, escape, writePage } from './write-page.ts';

const titles: Readonly<Record<Kind, string>> = {
  function: 'Functions',
  class: 'Classes',
  interface: 'Interfaces',
  type: 'Types',
  constant: 'Constants',
  schema: 'Schemas',
};

/**
 * Pages for everything that the packages export, from its declarations and their comments.
 * @throws when something public has no comment
 */
export async function writeTypeScriptPages(): Promise<void> {
  const exports = readExports();
  const silent = [...exports.bySymbol.values()].filter((one) => said(one) === '');
  if (silent.length > 0) {
    throw new Error(`unable to describe ${silent.map(({ name }) => name).join(', ')}; they are public and say nothing`);
  }
  const types = new TypeText(exports);
  for (const exported of exports.bySymbol.values()) {
    if (exported.kind !== 'schema') await writePage(`${exported.page}.md`, [...symbolPage(exported, types)]);
  }
  for (const entry of exports.entries) await writePage(`${entry.folder}/index.md`, entryPage(entry));
  await writePage('typescript/index.md', [
    '# TypeScript',
    '',
    'What each package exports. Data that comes from the gateway is frozen, so all of its fields are read-only.',
    '',
    '| import from | |',
    '| --- | --- |',
    ...exports.entries.map(({ name, folder, about }) => `| [\`${name}\`](/reference/${folder}/) | ${cell(about)} |`),
  ]);
  await writeFile(join(reference, 'typescript', 'sidebar.json'), JSON.stringify(exports.entries.map(sidebarOf)));
}

function entryPage({ name, about, exports }: Entry): string[] {
  return [
    `# ${name}`,
    '',
    escape(about),
    '',
    ...kinds.flatMap((kind) => {
      const found = exports.filter((one) => one.kind === kind);
      if (found.length === 0) return [];
      return [`## ${titles[kind]}`, '', '| name | |', '| --- | --- |', ...found.map(row), ''];
    }),
  ];
}

function row(exported: Exported): string {
  const { name, page, kind } = exported;
  const label = kind === 'schema' ? `\`${name}\`` : `[\`${name}\`](/reference/${page})`;
  return `| ${label} | ${cell(firstSentence(said(exported)))} |`;
}

function said({ declarations }: Exported): string {
  return declarations.map((one) => commentOf(one).text).find(Boolean) ?? '';
}

/** As VitePress takes it. Names that have their page elsewhere are listed there. */
function sidebarOf({ name, folder, exports }: Entry) {
  return {
    text: name,
    link: `/reference/${folder}/`,
    collapsed: true,
    items: kinds
      .filter((kind) => kind !== 'schema')
      .map((kind) => ({
        text: titles[kind],
        collapsed: true,
        items: exports
          .filter((one) => one.kind === kind && one.entry === name)
          .map(({ name: text, page }) => ({ text, link: `/reference/${page}` })),
      }))
      .filter(({ items }) => items.length > 0),
  };
}
