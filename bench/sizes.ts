import { bundlePage, initialSize } from '@prosa/build';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a page loads, minified and gzipped, against the committed budgets. Exits with 1 when one is exceeded. */

interface Budget {
  readonly what: string;
  /** A file of the repository, or an export of one of its packages. */
  readonly entry: string;
  /** Counts what is behind `import()` too. */
  readonly lazy?: boolean;
  /** Names of chunks of which nobody loads more than one, such as the languages: the largest counts. */
  readonly oneOf?: readonly string[];
  /** Chunks that no page loads unless something is wrong, such as a proxy that lets no stream through, or only Node does. */
  readonly rarely?: readonly string[];
  readonly gzipBytes: number;
}

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} kB`;

/** @returns the path of the source, or `null` when the repository has no such package */
function sourceOf(entry: string): string | null {
  if (existsSync(join(root, entry))) return join(root, entry);
  for (const folder of readdirSync(join(root, 'packages'))) {
    if (!existsSync(join(root, 'packages', folder, 'package.json'))) continue;
    const { name, exports } = read(`packages/${folder}/package.json`) as Manifest;
    if (entry !== name && !entry.startsWith(`${name}/`)) continue;
    const target = exports[`.${entry.slice(name.length)}`];
    if (typeof target !== 'object' || !target['@prosa/source'])
      throw new Error(`unable to measure ${entry}; ${name} does not export it`);
    return join(root, 'packages', folder, target['@prosa/source']);
  }
  return null;
}

async function measure(
  name: string,
  source: string,
  { lazy = false, oneOf = [], rarely = [] }: Budget,
): Promise<{ gzip: number; later: number }> {
  const outDir = mkdtempSync(join(tmpdir(), 'prosa-sizes-'));
  try {
    const files = await bundlePage({ [name]: source }, outDir, { sourcemap: false });
    const sum = (some: typeof files) => some.reduce((total, file) => total + file.gzip, 0);
    const named = (names: readonly string[]) =>
      files.filter(({ file }) => names.some((chunk) => file.startsWith(`chunks/${chunk}-`)));
    const others = named(oneOf)
      .sort((one, other) => other.gzip - one.gzip)
      .slice(1);
    const rare = named(rarely);
    if (others.length !== Math.max(0, oneOf.length - 1) || rare.length !== rarely.length)
      throw new Error(`unable to measure ${name}; chunks have other names`);
    const all = sum(files) - sum(others) - sum(rare);
    const { gzip } = initialSize(files, name);
    return { gzip: lazy ? all : gzip, later: all - gzip };
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

let exceeded = 0;
for (const [name, budget] of Object.entries(read('bench/sizes.json') as Record<string, Budget>)) {
  const { what, entry, lazy, gzipBytes } = budget;
  const source = sourceOf(entry);
  if (!source) {
    console.log(`absent   ${name}: no package has ${entry}`);
    continue;
  }
  const { gzip, later } = await measure(name, source, budget);
  const within = gzip <= gzipBytes;
  if (!within) exceeded += 1;
  const rest = later > 0 ? `, ${kilobytes(later)} ${lazy ? 'of it' : 'more'} later` : '';
  console.log(
    `${within ? 'ok      ' : 'EXCEEDED'} ${name}: ${kilobytes(gzip)} of ${kilobytes(gzipBytes)}${rest} (${what})`,
  );
}
process.exit(exceeded === 0 ? 0 : 1);
