import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tarballOf, type Manifest } from './public-packages.ts';
import { runProgram } from './run-program.ts';

/** The oldest TypeScript that we promise, and the one that we use, by the folder that it is installed in. */
export const compilers = { typescript: '~5.6.0', 'typescript-6': '~6.0.0' } as const;

/** What a newcomer's project has beside our packages: compilers, and React. */
const others = [
  ...Object.entries(compilers).map(([name, range]) => `${name}@npm:typescript@${range}`),
  'react@^19',
  'react-dom@^19',
  '@types/react@^19',
  '@types/react-dom@^19',
  '@types/node@^24',
];

/** Makes an empty project in `folder` and installs the tarballs with npm, as anybody would. */
export async function installConsumer(folder: string, tarballs: string, packages: readonly Manifest[]): Promise<void> {
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'newcomer', version: '1.0.0', private: true, type: 'module' }),
  );
  const paths = packages.map((manifest) => join(tarballs, tarballOf(manifest)));
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await runProgram(npm, ['install', ...quiet, ...paths, ...others], { cwd: folder });
}

export interface Snippet {
  /** The package whose README it is from. */
  readonly name: string;
  readonly language: string;
  readonly code: string;
  /** Unlike that of any other: `core-0.js`. */
  readonly file: string;
}

/** What the installed READMEs tell a newcomer to write: each snippet whole, as it stands there. */
export async function readmeSnippets(folder: string, packages: readonly Manifest[]): Promise<readonly Snippet[]> {
  const pattern = /^```(\w+)\b[^\n]*\n([\s\S]*?)^```/gm;
  const found = packages.map(async ({ name }) => {
    // That a README is missing is told elsewhere.
    const text = await readFile(join(folder, 'node_modules', name, 'README.md'), 'utf8').catch(() => '');
    return [...text.matchAll(pattern)].map(({ 1: language = '', 2: code = '' }, index) => ({
      name,
      language,
      code,
      file: `${name.slice('@prosa/'.length)}-${index}.${language === 'html' ? 'js' : language}`,
    }));
  });
  return (await Promise.all(found)).flat();
}
