import { mkdtemp, rm, stat, writeFile, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findAuthSecret, keepAuthSecret } from './secrets.ts';

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'prosa-secret-')), 'data');
});

afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

it('makes a secret once, for its owner only', async () => {
  expect(await findAuthSecret(folder)).toBeNull();
  const made = await keepAuthSecret(folder);
  expect(made.value).toMatch(/^[\w-]{43}$/);
  expect((await stat(made.path)).mode & 0o777).toBe(0o600);
  expect(await keepAuthSecret(folder)).toEqual(made);
});

it('closes a file that others may read, and refuses one that is cut short', async () => {
  const { path, value } = await keepAuthSecret(folder);
  await chmod(path, 0o644);
  expect(await keepAuthSecret(folder)).toEqual({ path, value });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await writeFile(path, value.slice(0, 8));
  await expect(keepAuthSecret(folder)).rejects.toThrow('it is cut short');
  await expect(keepAuthSecret(folder)).rejects.not.toThrow(value.slice(0, 8));
});
