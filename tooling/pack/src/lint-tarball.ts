import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Manifest } from './public-packages.ts';
import { runProgram } from './run-program.ts';

const attw = fileURLToPath(import.meta.resolve('@arethetypeswrong/cli/package.json'));

/**
 * What publint (strict) and Are The Types Wrong? (for packages of ES modules only) say against a tarball.
 * @returns one line each; none when all is well
 */
export async function lintTarball(path: string, manifest: Manifest): Promise<readonly string[]> {
  const [messages, types] = await Promise.all([publintOf(path), attwOf(path, manifest)]);
  return [...messages, ...types];
}

async function publintOf(path: string): Promise<readonly string[]> {
  const tarball = new Uint8Array(await readFile(path)).buffer;
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);
}

async function attwOf(path: string, { exports }: Manifest): Promise<readonly string[]> {
  const data = Object.keys(exports).filter((name) => name.endsWith('.json'));
  const options = ['--profile', 'esm-only', '--format', 'ascii', '--no-definitely-typed', '--no-emoji', '--no-color'];
  try {
    await runProgram(process.execPath, [
      join(dirname(attw), 'dist', 'index.js'),
      path,
      ...options,
      '--exclude-entrypoints',
      ...data.map((name) => name.slice(2)),
    ]);
    return [];
  } catch (error) {
    return [`attw: ${(error as Error).message}`];
  }
}
