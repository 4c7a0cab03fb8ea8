import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { publicPackages, tarballOf } from './public-packages.ts';

const changesets = fileURLToPath(new URL('../../../.changeset/', import.meta.url));
const names = publicPackages().map(({ name }) => name);

it('releases all public packages in one version', async () => {
  const { fixed } = JSON.parse(await readFile(`${changesets}config.json`, 'utf8')) as { fixed: string[][] };
  expect(fixed.map((group) => group.toSorted())).toEqual([names.toSorted()]);
  expect(new Set(publicPackages().map(({ version }) => version)).size).toBe(1);
});

it('names only public packages in changesets', async () => {
  const files = (await readdir(changesets)).filter((file) => file.endsWith('.md') && file !== 'README.md');
  for (const file of files) {
    const text = await readFile(`${changesets}${file}`, 'utf8');
    const named = [...text.matchAll(/^'(@prosa\/[\w-]+)': (?:major|minor|patch)$/gm)].map(([, name]) => name);
    expect(named, file).not.toEqual([]);
    expect(names, file).toEqual(expect.arrayContaining(named));
  }
});

it('knows the name that packing gives', () => {
  const manifest = { name: '@prosa/core', version: '1.2.3', exports: {} };
  expect(tarballOf(manifest)).toBe('prosa-core-1.2.3.tgz');
});
