import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

interface Options {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs a program to its end.
 * @returns what it wrote to standard output
 * @throws with all that it wrote, when it fails or takes over two minutes
 */
export async function runProgram(file: string, args: readonly string[], options: Options = {}): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(file, args, { ...options, timeout: 120_000, maxBuffer: 2 ** 26 });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error([stdout, stderr].join('\n').trim() || message, { cause: error });
  }
}
