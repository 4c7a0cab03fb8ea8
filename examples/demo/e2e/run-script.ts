import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const scripts = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'scripts', 'src');

/** Runs one of the example scripts as a person would. @returns what it printed */
export async function runScript(name: string, { url, token }: { readonly url: string; readonly token: string }) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@prosa/source', '--disable-warning=ExperimentalWarning', join(scripts, `${name}.ts`)],
    { env: { ...process.env, PROSA_URL: url, PROSA_TOKEN: token }, timeout: 30_000 },
  );
  return stdout;
}
