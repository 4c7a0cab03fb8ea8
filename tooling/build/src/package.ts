import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { analyzeElements } from './elements/analyze-elements.ts';
import { publishedManifest, type BuiltEntry } from './elements/elements-manifest.ts';
import { bundledLibraries, thirdPartyLicenses } from './bundled-libraries.ts';
import { bundlePageScript } from './page-script.ts';
import { stripTypes } from './plugins.ts';
import { shortenTemplates } from './templates/shorten-templates.ts';

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
  /** Where the custom elements manifest goes, in packages that have elements. */
  readonly customElements?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly prosa?: {
    /** First line of each file: a directive would not outlive bundling. */
    readonly banner?: string;
    /** Dependencies that are not ready for a browser without a bundler (they ask `process`), or are CommonJS. */
    readonly bundled?: readonly string[];
    /** Name of a script for websites → its source: built with all that it needs into `dist/cdn`. */
    readonly cdn?: Readonly<Record<string, string>>;
  };
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * Builds a package into its `dist`: JavaScript for each entry of its `exports` and `bin`, source maps, declarations,
 * and what it says of its elements.
 * `dependencies` stay imports, but for those that `prosa.bundled` names: they become part of the package.
 */
export async function buildPackage(folder: string): Promise<void> {
  const startedAt = Date.now();
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  const entries = entriesOf(manifest, folder);
  const dist = join(folder, 'dist');
  await rm(dist, { recursive: true, force: true });
  const [built] = await Promise.all([bundle(entries, dist, manifest), declare(folder, dist)]);
  for (const [name, source] of Object.entries(manifest.prosa?.cdn ?? {})) {
    await bundlePageScript(name, join(folder, source), join(dist, 'cdn'));
  }
  if (manifest.customElements) {
    const elements = publishedManifest(await analyzeElements(folder), built);
    await writeFile(join(folder, manifest.customElements), `${JSON.stringify(elements, null, 2)}\n`);
  }
  for (const path of Object.values(manifest.bin ?? {})) await chmod(join(folder, path), 0o755);
  for (const name of Object.keys(entries)) {
    if (!existsSync(join(dist, `${name}.d.ts`)))
      throw new Error(`unable to build ${manifest.name}; no types for ${name}`);
  }
  console.log(`${manifest.name} built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** Name under `dist` → source file. */
function entriesOf(manifest: Manifest, folder: string): Record<string, string> {
  const outputs = [
    ...Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : [target['browser'], target['default']],
    ),
    ...Object.values(manifest.bin ?? {}),
  ];
  const names = outputs.flatMap((path) =>
    path?.endsWith('.js') ? [path.replace('./dist/', '').replace(/\.js$/, '')] : [],
  );
  return Object.fromEntries(names.map((name) => [name, join(folder, 'src', `${name}.ts`)]));
}

async function bundle(entries: Record<string, string>, dist: string, manifest: Manifest): Promise<BuiltEntry[]> {
  const bundled = manifest.prosa?.bundled ?? [];
  const kept = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter(
    (name) => !bundled.includes(name),
  );
  const build = await rollup({
    input: entries,
    external: (id) => isBuiltin(id) || kept.some((name) => id === name || id.startsWith(`${name}/`)),
    plugins: [nodeResolve(), stripTypes(), shortenTemplates(), bundledLibraries(), thirdPartyLicenses()],
    onwarn(warning) {
      if (warning.code === 'UNRESOLVED_IMPORT') throw new Error(`${warning.message}; add it to ${manifest.name}`);
      console.warn(`${manifest.name}: ${warning.message}`);
    },
  });
  try {
    const { output } = await build.write({
      dir: dist,
      format: 'es',
      sourcemap: true,
      banner: manifest.prosa?.banner ?? '',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name].js',
      hoistTransitiveImports: false,
    });
    return output.flatMap((chunk) =>
      chunk.type === 'chunk' && chunk.isEntry ? [{ path: `dist/${chunk.fileName}`, exports: chunk.exports }] : [],
    );
  } finally {
    await build.close();
  }
}

async function declare(folder: string, dist: string): Promise<void> {
  const tsc = createRequire(join(folder, 'package.json')).resolve('typescript/bin/tsc');
  try {
    await promisify(execFile)(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: folder });
  } catch (error) {
    throw new Error(`unable to write declarations; ${(error as { stdout?: string }).stdout ?? String(error)}`, {
      cause: error,
    });
  }
  await Promise.all((await readdir(dist, { recursive: true })).map((file) => nameOutputs(join(dist, file))));
}

/** Declarations must name files that are there: `./x.ts` in a declaration becomes `./x.js`. */
async function nameOutputs(path: string): Promise<void> {
  if (!path.endsWith('.d.ts')) return;
  const text = await readFile(path, 'utf8');
  const named = text.replaceAll(/(\bfrom |\bimport\(|\bimport )(['"])(\.{1,2}\/[^'"]*)\.ts\2/g, '$1$2$3.js$2');
  if (named !== text) await writeFile(path, named);
}
