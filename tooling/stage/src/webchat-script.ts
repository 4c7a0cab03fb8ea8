import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePageScript } from '@prosa/build';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const folder = join(root, '.cache', 'stage', 'webchat-script');

/** Bundles the webchat for websites from the sources; what is there already is used until they change. */
export async function buildWebchatScript(): Promise<string> {
  const stampFile = join(folder, 'stamp');
  const stamp = stampOf(['core', 'ui', 'widget-webchat'].map((name) => join(root, 'packages', name, 'src')));
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return folder;
  rmSync(folder, { recursive: true, force: true });
  await bundlePageScript('webchat', createRequire(import.meta.url).resolve('@prosa/widget-webchat/loader'), folder);
  writeFileSync(stampFile, stamp);
  return folder;
}

/** Names, sizes and times of change of the sources, and of what is installed. */
function stampOf(folders: readonly string[]): string {
  const sources = folders.flatMap((path) =>
    readdirSync(path, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((name) => join(path, name)),
  );
  const hash = createHash('sha256');
  for (const path of [join(root, 'pnpm-lock.yaml'), ...sources]) {
    const file = statSync(path, { throwIfNoEntry: false });
    if (file?.isFile()) hash.update(`${path}\0${file.size}\0${file.mtimeMs}\n`);
  }
  return hash.digest('hex');
}
