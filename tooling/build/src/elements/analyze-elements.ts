import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Manifest } from './elements-manifest.ts';

/** What the analyzer finds in those files of a package's sources that hold an element. */
export async function analyzeElements(folder: string): Promise<Manifest> {
  const cli = createRequire(import.meta.url).resolve('@custom-elements-manifest/analyzer/cli.js');
  // Paths are taken as relative to the folder.
  const config = relative(folder, fileURLToPath(new URL('analyzer.config.mjs', import.meta.url)));
  const outDir = await mkdtemp(join(folder, 'dist', '.elements-'));
  try {
    const globs = await elementFiles(folder);
    const args = ['analyze', '--config', config, '--outdir', relative(folder, outDir), '--globs', ...globs];
    await promisify(execFile)(process.execPath, [join(dirname(cli), 'cem.js'), ...args], { cwd: folder });
    return JSON.parse(await readFile(join(outDir, 'custom-elements.json'), 'utf8')) as Manifest;
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

async function elementFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, 'src'), { recursive: true });
  const sources = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort();
  const texts = await Promise.all(sources.map((name) => readFile(join(folder, 'src', name), 'utf8')));
  return sources.flatMap((name, index) =>
    /\bstatic readonly tagName\b/.test(texts[index] ?? '') ? [`src/${name.replaceAll('\\', '/')}`] : [],
  );
}
