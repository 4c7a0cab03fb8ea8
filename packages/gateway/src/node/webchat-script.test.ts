import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serveWebchatScript } from './webchat-script.ts';

let folder: string;
const get = (path: string, method = 'GET') =>
  serveWebchatScript(folder)(new Request(`http://gateway.invalid${path}`, { method }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prosa-webchat-'));
  mkdirSync(join(folder, 'webchat'));
  writeFileSync(join(folder, 'webchat.js'), 'loader');
  writeFileSync(join(folder, 'webchat', 'define-a1B2.js'), 'element');
  writeFileSync(join(folder, 'secret.js'), 'secret');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('serves the loader to pages of every origin, for some minutes', async () => {
  const answer = await get('/webchat.js?v=1');
  expect(await answer?.text()).toBe('loader');
  expect(Object.fromEntries(answer?.headers ?? [])).toEqual({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=300',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  });
});

it('serves what it loads for ever, since its name changes with the content', async () => {
  const answer = await get('/webchat/define-a1B2.js');
  expect(await answer?.text()).toBe('element');
  expect(answer?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(await (await get('/webchat/define-a1B2.js', 'HEAD'))?.text()).toBe('');
});

it('serves nothing else of the disk', async () => {
  for (const path of [
    '/secret.js',
    '/webchat/../secret.js',
    '/webchat/%2e%2e/secret.js',
    '/webchat/..%2fsecret.js',
    '/v1/webchat/config',
  ]) {
    expect([path, await get(path)]).toEqual([path, null]);
  }
  expect((await get('/webchat/unknown-1.js'))?.status).toBe(404);
  expect((await get('/webchat.js', 'POST'))?.status).toBe(405);
});

it('says what is missing where the webchat is not installed', async () => {
  const answer = await serveWebchatScript(null)(new Request('http://gateway.invalid/webchat.js'));
  expect(answer?.status).toBe(404);
  expect(await answer?.text()).toContain('PROSA_WEBCHAT_DIR');
});
