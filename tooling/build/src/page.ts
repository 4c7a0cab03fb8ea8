import { commonjs } from './commonjs.ts';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup, type Plugin } from 'rollup';
import { gzipSync } from 'node:zlib';
import { finish, stripTypes } from './plugins.ts';
import { shortenTemplates } from './templates/shorten-templates.ts';

/** One written file of a page. Sizes are bytes. */
export interface PageFile {
  /** Path relative to `outDir`, with forward slashes. */
  readonly file: string;
  readonly isEntry: boolean;
  /** Files that are loaded together with this one (not those behind `import()`). */
  readonly imports: readonly string[];
  readonly bytes: number;
  readonly gzip: number;
}

export interface PageOptions {
  readonly minify?: boolean;
  readonly sourcemap?: boolean;
  /** Modules that stay imports, for measuring a bundle without them. */
  readonly external?: readonly string[];
  /** Where shared and lazy code goes, under `outDir`. */
  readonly chunkFolder?: string;
  readonly plugins?: readonly Plugin[];
}

/**
 * Bundles browser entry points from the workspace's sources into `outDir`: `<name>.js` per entry, shared and lazy
 * code in `chunkFolder`.
 *
 * @param entries name → absolute path of a TypeScript or JavaScript file
 * @throws when an import cannot be resolved: a page with a missing module must not look built
 */
export async function bundlePage(
  entries: Readonly<Record<string, string>>,
  outDir: string,
  { minify = true, sourcemap = true, external = [], chunkFolder = 'chunks', plugins = [] }: PageOptions = {},
): Promise<readonly PageFile[]> {
  const bundle = await rollup({
    input: { ...entries },
    external: (id) => external.some((name) => id === name || id.startsWith(`${name}/`)),
    plugins: [
      nodeResolve({ browser: true, exportConditions: ['@prosa/source', 'browser', 'production'] }),
      commonjs(),
      stripTypes(),
      ...(minify ? [shortenTemplates()] : []),
      ...plugins,
      finish(minify),
    ],
    onwarn(warning) {
      if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids?.every((id) => id.includes('node_modules'))) return;
      if (warning.code === 'UNRESOLVED_IMPORT' || warning.code === 'MISSING_NODE_BUILTINS')
        throw new Error(warning.message);
      console.warn(warning.message);
    },
  });
  try {
    const { output } = await bundle.write({
      dir: outDir,
      format: 'es',
      sourcemap,
      entryFileNames: '[name].js',
      chunkFileNames: `${chunkFolder}/[name]-[hash].js`,
    });
    return output.flatMap((chunk) =>
      chunk.type === 'chunk'
        ? [
            {
              file: chunk.fileName,
              isEntry: chunk.isEntry,
              imports: chunk.imports.filter((id) => output.some(({ fileName }) => fileName === id)),
              bytes: Buffer.byteLength(chunk.code),
              gzip: gzipSync(chunk.code, { level: 9 }).byteLength,
            },
          ]
        : [],
    );
  } finally {
    await bundle.close();
  }
}

/** What loading one entry costs before anything lazy: the entry and all it imports, in bytes. */
export function initialSize(files: readonly PageFile[], entry: string): { bytes: number; gzip: number } {
  const seen = new Set<string>();
  const total = { bytes: 0, gzip: 0 };
  const visit = (name: string): void => {
    const found = files.find(({ file }) => file === name);
    if (!found || seen.has(name)) return;
    seen.add(name);
    total.bytes += found.bytes;
    total.gzip += found.gzip;
    found.imports.forEach(visit);
  };
  visit(`${entry}.js`);
  if (seen.size === 0) throw new Error(`unable to measure ${entry}; the bundle has no such entry`);
  return total;
}
