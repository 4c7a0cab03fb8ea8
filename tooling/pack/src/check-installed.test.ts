import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkInstalled } from './check-installed.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prosa-installed-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const exports = { '.': { types: './dist/index.d.ts', default: './dist/index.js' } };
const source = { name: '@prosa/card', version: '0.1.0', exports };
const manifest = (more: object) => JSON.stringify({ ...source, ...more });

it('has nothing against a whole package', () => {
  write({
    LICENSE: 'MIT',
    'README.md': '# Card\n\nSee [the licence](LICENSE), [below](#more) and [Lit](https://lit.dev).',
    'package.json': manifest({ customElements: 'dist/e.json', dependencies: { lit: '^3.0.0' } }),
    'dist/e.json': '{ "tagName": "x-card" }',
    'dist/index.d.ts': '',
    'dist/index.js': '',
  });
  expect(checkInstalled(folder, source)).toEqual([]);
});

it('tells all that is missing, and all that should not be there', () => {
  write({
    'package.json': manifest({
      exports: { './other': { '@prosa/source': './src/other.ts', default: './dist/other.js' } },
      customElements: 'dist/e.json',
      dependencies: { '@prosa/core': 'workspace:*' },
      scripts: { build: 'make' },
      sideEffects: ['./src/define.ts', './dist/define.js'],
    }),
    'README.md': '<!-- hidden -->\nSee [theming](../../docs/theming.md).',
    'src/other.ts': '',
    'dist/other.test.js': '',
  });
  expect(checkInstalled(folder, source).toSorted()).toEqual([
    './other does not tell its types first',
    './other leads to sources',
    'describes no element',
    'has no LICENSE',
    'holds dist/other.test.js, src/other.ts (2 such files)',
    'its README holds a comment',
    'its README leads to ../../docs/theming.md, which is not in it',
    'names ./src/define.ts, which is not in it',
    'publishConfig.exports and exports do not name the same entries',
    'tells of scripts, which only the repository needs',
    'wants @prosa/core as workspace:*',
  ]);
});
