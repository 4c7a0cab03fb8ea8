import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Snippet } from './consumer.ts';

/** Where the built pages are. */
export function pagesFolder(project: string): string {
  return join(project, 'pages');
}

/** Bundles the scripts of the READMEs' pages from the installed packages, as a website's build would. */
export async function tryBundle(folder: string, snippets: readonly Snippet[]): Promise<string> {
  await mkdir(join(folder, 'sources'));
  const sizes: string[] = [];
  for (const { name, language, code, file } of snippets) {
    const script = /<script type="module">([\s\S]*?)<\/script>/.exec(code)?.[1];
    if (language !== 'html' || !script?.includes('import')) continue;
    const input = join(folder, 'sources', file);
    await writeFile(input, script);
    sizes.push(`${name} ${(await bundle(input, pagesFolder(folder), name)) >> 10} kB`);
  }
  if (sizes.length === 0) throw new Error('no README has a page with a module script');
  return `${sizes.length} pages bundle (${sizes.join(', ')} before minifying)`;
}

/** @returns the size of all files, in bytes */
async function bundle(input: string, dir: string, name: string): Promise<number> {
  const build = await rollup({
    input,
    plugins: [nodeResolve({ browser: true })],
    onwarn(warning) {
      if (warning.code === 'UNRESOLVED_IMPORT' || warning.code === 'MISSING_EXPORT') throw new Error(warning.message);
    },
  });
  try {
    const { output } = await build.write({ format: 'es', dir, chunkFileNames: 'chunks/[name]-[hash].js' });
    const code = output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('\n');
    // A bundler that takes `sideEffects` at its word must not lose what registers the elements.
    if (!code.includes('customElements.define')) throw new Error(`the bundle of ${name} registers no element`);
    return Buffer.byteLength(code);
  } finally {
    await build.close();
  }
}
