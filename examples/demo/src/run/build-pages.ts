import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const demo = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const pages = join(demo, 'src', 'pages');
const require = createRequire(import.meta.url);

/** Packages whose sources end up in the pages. */
const bundled = ['core', 'ui', 'widget-inbox', 'widget-webchat', 'whatsapp-simulator'].map((name) =>
  join(dirname(require.resolve(`@prosa/${name}/package.json`)), 'src'),
);

/**
 * Bundles the browser pages from the sources into `outDir`. Nothing is done when no source has changed since the last
 * time, so that a second start takes no time for it.
 */
export async function buildPages(outDir: string): Promise<'built' | 'unchanged'> {
  const stampFile = join(outDir, 'stamp');
  const stamp = stampOf([pages, ...bundled, join(demo, 'package.json'), lockFile()]);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 'unchanged';
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  // Loaded here, because a start that builds nothing should not wait for the bundler.
  const { bundlePage, bundlePageScript } = await import('@prosa/build');
  await bundlePage(
    Object.fromEntries(['desk', 'crm', 'phone', 'theme'].map((name) => [name, join(pages, `${name}.ts`)])),
    outDir,
    { minify: true, sourcemap: true },
  );
  await bundlePageScript('webchat', require.resolve('@prosa/widget-webchat/loader'), webchatFolder(outDir));
  writeFileSync(stampFile, stamp);
  return 'built';
}

/** Where the script for the shop is, which the gateway serves. */
export function webchatFolder(outDir: string): string {
  return join(outDir, 'webchat-script');
}

/** Names, sizes and times of change of all files. */
function stampOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort() : [''];
    for (const file of files) {
      if (/\.test\.ts$/.test(file)) continue;
      const entry = statSync(join(path, file), { throwIfNoEntry: false });
      if (!entry?.isFile()) continue;
      hash.update(`${relative(demo, join(path, file))}\0${entry.size}\0${entry.mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

function lockFile(): string {
  return join(demo, '..', '..', 'pnpm-lock.yaml');
}
