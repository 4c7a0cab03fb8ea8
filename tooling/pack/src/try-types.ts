import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Snippet } from './consumer.ts';
import { runProgram } from './run-program.ts';

/** Compiles the TypeScript of the READMEs against the installed packages, as Node and as a bundler resolve them. */
export async function tryTypes(folder: string, snippets: readonly Snippet[]): Promise<string> {
  const code = snippets.filter(({ language }) => language === 'ts' || language === 'tsx');
  await mkdir(join(folder, 'src'));
  await Promise.all(
    code.map((snippet) => writeFile(join(folder, 'src', snippet.file), `${snippet.code}\nexport {};\n`)),
  );
  await Promise.all([
    compile(folder, { module: 'nodenext', moduleResolution: 'nodenext', skipLibCheck: false }),
    // The same declarations: once is enough to look into them.
    compile(folder, { module: 'esnext', moduleResolution: 'bundler', skipLibCheck: true }),
  ]);
  return `${code.length} snippets compile with TypeScript 5.6, nodenext and bundler`;
}

async function compile(
  folder: string,
  options: { module: string; moduleResolution: string; skipLibCheck: boolean },
): Promise<void> {
  const config = join(folder, `tsconfig.${options.moduleResolution}.json`);
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
  const tsc = join(folder, 'node_modules', 'typescript', 'bin', 'tsc');
  await runProgram(process.execPath, [tsc, '-p', config, '--pretty', 'false'], { cwd: folder });
}
