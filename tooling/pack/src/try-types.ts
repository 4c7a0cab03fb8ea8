import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compilers, type Snippet } from './consumer.ts';
import { runProgram } from './run-program.ts';

/** Shows what compiles and what does not, against the declarations of the core. */
const typedClient = new URL('../consumer/typed-client.ts', import.meta.url);

/**
 * Compiles the TypeScript of the READMEs, and a file of right and wrong uses of the client, against the installed
 * packages: with the oldest and the newest compiler that we promise, as Node and as a bundler resolve them.
 */
export async function tryTypes(folder: string, snippets: readonly Snippet[]): Promise<string> {
  const code = snippets.filter(({ language }) => language === 'ts' || language === 'tsx');
  await mkdir(join(folder, 'src'));
  await Promise.all([
    copyFile(typedClient, join(folder, 'src', 'typed-client.ts')),
    ...code.map((snippet) => writeFile(join(folder, 'src', snippet.file), `${snippet.code}\nexport {};\n`)),
  ]);
  // One after the other: each takes a processor for itself.
  for (const compiler of Object.keys(compilers)) {
    await compile(folder, compiler, { module: 'nodenext', moduleResolution: 'nodenext', skipLibCheck: false });
    // The same declarations: once is enough to look into them.
    await compile(folder, compiler, { module: 'esnext', moduleResolution: 'bundler', skipLibCheck: true });
  }
  const versions = await Promise.all(Object.keys(compilers).map((compiler) => versionOf(folder, compiler)));
  return `${code.length} snippets and the typed client compile with TypeScript ${versions.join(' and ')}, nodenext and bundler`;
}

async function versionOf(folder: string, compiler: string): Promise<string> {
  const manifest = await readFile(join(folder, 'node_modules', compiler, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}

async function compile(
  folder: string,
  compiler: string,
  options: { module: string; moduleResolution: string; skipLibCheck: boolean },
): Promise<void> {
  const config = join(folder, `tsconfig.${compiler}.${options.moduleResolution}.json`);
  const compilerOptions = {
    ...options,
    target: 'es2022',
    lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    jsx: 'react-jsx',
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    types: ['node'],
  };
  await writeFile(config, JSON.stringify({ compilerOptions, include: ['src'] }));
  const tsc = join(folder, 'node_modules', compiler, 'bin', 'tsc');
  await runProgram(process.execPath, [tsc, '-p', config, '--pretty', 'false'], { cwd: folder });
}
