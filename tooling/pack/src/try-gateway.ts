import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { readManifest } from './public-packages.ts';
import { runProgram } from './run-program.ts';

const script = `
import { createClient } from '@prosa/core';

const prosa = createClient({ baseUrl: process.env.PROSA_URL, token: process.env.PROSA_API_KEY });
const queues = [];
for await (const { name } of prosa.queues.list()) queues.push(name);
const waiting = await prosa.conversations.list({ tab: 'waiting' });
prosa.destroy();
console.log(JSON.stringify({ queues, waiting: waiting.data.length }));
`;

/** Starts the installed gateway, makes a key, and calls it with a script over the installed client. */
export async function tryGateway(folder: string): Promise<string> {
  const installed = join(folder, 'node_modules', '@prosa', 'gateway');
  const bin = join(installed, readManifest(installed).bin?.['prosa-gateway'] ?? '');
  const env = { ...process.env, HOST: '127.0.0.1', PORT: '0', PROSA_DATA_DIR: join(folder, 'data') };
  const gateway = spawn(process.execPath, [bin], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 120_000,
  });
  const ended = once(gateway, 'exit');
  try {
    const url = await addressOf(gateway);
    for (const path of ['/health', '/ready', '/openapi.json']) {
      const { ok, status } = await fetch(`${url}${path}`);
      if (!ok) throw new Error(`the gateway answers ${path} with ${status}`);
    }
    const key = await runProgram(process.execPath, [bin, 'api-key', 'create', '--name', 'newcomer'], {
      cwd: folder,
      env,
    });
    await writeFile(join(folder, 'script.js'), script);
    const answer = await runProgram('node', ['script.js'], {
      cwd: folder,
      env: { ...process.env, PROSA_URL: url, PROSA_API_KEY: key.trim() },
    });
    const { queues, waiting } = JSON.parse(answer) as { queues: string[]; waiting: number };
    if (queues.length === 0 || waiting !== 0) throw new Error(`a script reads ${answer}`);
  } finally {
    gateway.kill('SIGTERM');
  }
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`the gateway ends with ${String(code)}`);
  return 'the gateway starts, a script reads from it, and it stops';
}

/** Read by events, not with `for await`: leaving that loop would close the pipe that the gateway still writes to. */
function addressOf(gateway: ChildProcessByStdio<null, Readable, null>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    gateway.stdout.on('data', (chunk) => {
      text += String(chunk);
      const url = /listens on +(http:\S+)/.exec(text)?.[1];
      if (url) resolve(url);
    });
    gateway.once('exit', () => {
      reject(new Error(`the gateway ended before it listened; ${text}`));
    });
  });
}
