import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { readManifest } from './public-packages.ts';
import { runProgram } from './run-program.ts';

export interface InstalledGateway {
  readonly url: string;
  /** Runs `prosa-gateway` with these arguments; gives what it prints. */
  command(...args: readonly string[]): Promise<string>;
  /** @throws when it does not end well */
  stop(): Promise<void>;
}

/** Starts the gateway that is installed in the project, on a free port of loopback. */
export async function startGateway(project: string): Promise<InstalledGateway> {
  const installed = join(project, 'node_modules', '@prosa', 'gateway');
  const bin = join(installed, readManifest(installed).bin?.['prosa-gateway'] ?? '');
  const env = { ...process.env, HOST: '127.0.0.1', PORT: '0', PROSA_DATA_DIR: join(project, 'data') };
  const gateway = spawn(process.execPath, [bin], {
    cwd: project,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 120_000,
  });
  const ended = once(gateway, 'exit');
  return {
    url: await addressOf(gateway),
    command: async (...args) => (await runProgram(process.execPath, [bin, ...args], { cwd: project, env })).trim(),
    async stop() {
      gateway.kill('SIGTERM');
      const [code] = (await ended) as [number | null];
      if (code !== 0) throw new Error(`the gateway ends with ${String(code)}`);
    },
  };
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
