import { chmod, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shortestSecret } from '../admin/signing-keys.ts';
import { randomText } from '../store/random-text.ts';
import { ConfigError } from './config.ts';

export interface KeptSecret {
  /** Never shown; its `path` is. */
  readonly value: string;
  readonly path: string;
}

/** The agent secret that is kept in the data folder, for its owner's eyes only; made when it is not there. */
export async function keepAuthSecret(dataDir: string): Promise<KeptSecret> {
  const path = join(dataDir, 'auth-secret');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      const value = randomText(32);
      await file.writeFile(`${value}\n`);
      await file.sync();
      return { value, path };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const value = (await readFile(path, 'utf8')).trim();
  if (value.length < shortestSecret) {
    throw new ConfigError(`Remove ${path}, or put at least ${shortestSecret} characters in it: it is cut short.`);
  }
  await chmod(path, 0o600);
  return { value, path };
}
