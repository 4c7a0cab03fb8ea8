import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { docs, root } from './paths.ts';

/** Inside a package of the workspace, so that the packages' names resolve as they do for a user. */
const folder = join(root, 'tooling', 'docs', '.cache', 'snippets');

interface Snippet {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/**
 * Compiles every `ts` and `tsx` snippet of the guides and of the packages' READMEs. What one of a guide takes for granted
 * is declared in a comment right before it, which readers do not see: `<!-- given: declare const crm: Crm; -->`.
 * @returns how many were compiled
 * @throws with the compiler's words, by page and line
 */
export async function checkSnippets(): Promise<number> {
  const found: Snippet[] = [];
  for (const file of await pages()) found.push(...snippetsOf(file, await readFile(file, 'utf8')));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all(
    found.map(({ language, code, file, line }, i) =>
      // A module of its own: names of one snippet are not those of another.
      writeFile(join(folder, `${i}.${language}`), `// ${relative(root, file)}:${line}\n${code}\nexport {};\n`),
    ),
  );
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: relative(folder, join(root, 'tsconfig.base.json')),
      compilerOptions: {
        lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
        types: ['node'],
        jsx: 'react-jsx',
        noUnusedLocals: false,
        noUnusedParameters: false,
      },
      include: ['*'],
    }),
  );
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [tsc, '-p', folder, '--noEmit', '--pretty', 'false']).catch(
    (error: unknown) => {
      throw new Error(`unable to compile the snippets;\n${named((error as { stdout?: string }).stdout ?? '', found)}`);
    },
  );
  return found.length;
}

async function pages(): Promise<readonly string[]> {
  const guides = (await readdir(docs, { recursive: true }))
    .filter((name) => name.endsWith('.md') && !name.startsWith('reference') && !name.includes('node_modules'))
    .map((name) => join(docs, name));
  const readmes = (await readdir(join(root, 'packages'))).map((name) => join(root, 'packages', name, 'README.md'));
  const readable = await Promise.all(
    [join(root, 'README.md'), ...readmes].map((file) =>
      readFile(file).then(
        () => file,
        () => null,
      ),
    ),
  );
  return [...guides, ...readable.filter((file) => file !== null)];
}

function snippetsOf(file: string, text: string): readonly Snippet[] {
  const pattern = /(?:<!-- given: ([\s\S]*?) -->\s*)?^```(tsx?)\b[^\n]*\n([\s\S]*?)^```/gm;
  return [...text.matchAll(pattern)].map(({ 1: given = '', 2: language = 'ts', 3: code = '', index }) => ({
    file,
    line: text.slice(0, index).split('\n').length,
    language,
    code: `${given}\n${code}`,
  }));
}

/** The compiler names files of the cache: a person wants the page. */
function named(output: string, snippets: readonly Snippet[]): string {
  return output.replace(/^.*?(\d+)\.tsx?\((\d+),/gm, (_, index: string, line: string) => {
    const snippet = snippets[Number(index)];
    return snippet ? `${relative(root, snippet.file)}, snippet at line ${snippet.line} (${line},` : _;
  });
}
