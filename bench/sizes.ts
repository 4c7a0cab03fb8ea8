import { bundlePage, initialSize } from '@prosa/build';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a page loads, minified and gzipped, against the committed budgets. Exits with 1 when one is exceeded. */

interface Budget {
  readonly what: string;
  readonly gzipBytes: number;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const budgets = JSON.parse(readFileSync(here('./sizes.json'), 'utf8')) as Record<string, Budget>;
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} kB`;

let exceeded = 0;
for (const [name, { what, gzipBytes }] of Object.entries(budgets)) {
  const outDir = mkdtempSync(join(tmpdir(), 'prosa-sizes-'));
  try {
    const files = await bundlePage({ [name]: here(`./entries/${name}.ts`) }, outDir, { sourcemap: false });
    const { gzip } = initialSize(files, name);
    const within = gzip <= gzipBytes;
    if (!within) exceeded += 1;
    console.log(`${within ? 'ok      ' : 'EXCEEDED'} ${name}: ${kilobytes(gzip)} of ${kilobytes(gzipBytes)} (${what})`);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
process.exit(exceeded === 0 ? 0 : 1);
