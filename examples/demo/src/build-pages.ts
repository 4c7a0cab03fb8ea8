import { bundlePage } from '@prosa/build';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const pagesFolder = fileURLToPath(new URL('./pages', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));
/** What ends up in the pages. */
const sources = [
  'packages/core/src',
  'packages/ui/src',
  'packages/widget-inbox/src',
  'packages/whatsapp-simulator/src',
];
const stampFile = 'built.json';

/** Bundles the pages, unless nothing has changed since the last time. Returns whether it had to. */
export async function buildPages(outDir: string): Promise<boolean> {
  const fingerprint = fingerprintOf([
    pagesFolder,
    ...sources.map((folder) => join(root, folder)),
    join(root, 'pnpm-lock.yaml'),
  ]);
  const stamp = join(outDir, stampFile);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return false;
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const entry = (name: string) => join(pagesFolder, `${name}.ts`);
  await bundlePage({ home: entry('home'), crm: entry('crm'), phone: entry('phone') }, outDir);
  for (const file of readdirSync(pagesFolder)) {
    if (/\.(html|css|svg)$/.test(file)) cpSync(join(pagesFolder, file), join(outDir, file));
  }
  writeFileSync(stamp, fingerprint);
  return true;
}

/** Names, sizes and times of all files below: quick, and enough to notice an edit or another checkout. */
function fingerprintOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    const { mtimeMs, size } = statSync(path);
    if (statSync(path).isFile()) {
      hash.update(`${path}:${size}:${mtimeMs}\n`);
      continue;
    }
    for (const name of (readdirSync(path, { recursive: true }) as string[]).sort()) {
      const file = statSync(join(path, name));
      if (file.isFile()) hash.update(`${name}:${file.size}:${file.mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}
