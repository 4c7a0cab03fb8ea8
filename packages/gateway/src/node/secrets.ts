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

const authFile = 'auth-secret';
const secretKeyFile = 'secret-key';

/** The agent secret that is kept in the data folder, for its owner's eyes only; made when it is not there. */
export async function keepAuthSecret(dataDir: string): Promise<KeptSecret> {
  return keep(dataDir, authFile);
}

async function keep(dataDir: string, fileName: string): Promise<KeptSecret> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const existing = await find(dataDir, fileName);
  if (existing) return existing;
  const path = join(dataDir, fileName);
  const value = randomText(32);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${value}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return { value, path };
}

/** The secret that `keepAuthSecret` keeps; `null` when there is none. */
export async function findAuthSecret(dataDir: string): Promise<KeptSecret | null> {
  return find(dataDir, authFile);
}

/**
 * The keys that tokens and secrets of channels are encrypted with, the one to encrypt with first: those that are given,
 * or one that is kept in the data folder beside the secret above, and made when it is not there. What was encrypted
 * before keys were given stays readable.
 */
export async function secretKeys(dataDir: string, given: readonly string[]): Promise<readonly [string, ...string[]]> {
  const [first, ...others] = given;
  if (first === undefined) return [(await keep(dataDir, secretKeyFile)).value];
  const kept = await find(dataDir, secretKeyFile);
  return [first, ...others, ...(kept ? [kept.value] : [])];
}

async function find(dataDir: string, fileName: string): Promise<KeptSecret | null> {
  const path = join(dataDir, fileName);
  let value: string;
  try {
    value = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  if (value.length < shortestSecret) {
    throw new ConfigError(`Remove ${path}, or put at least ${shortestSecret} characters in it: it is cut short.`);
  }
  await chmod(path, 0o600);
  return { value, path };
}
