import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { callerAt, type Caller } from './desk.ts';

const bin = fileURLToPath(new URL('../node/bin.ts', import.meta.url));

/** A gateway as an operating-system process of its own, reached over HTTP. */
export interface GatewayProcess {
  readonly url: string;
  request(path: string, init?: RequestInit): Promise<Response>;
  /** The same person or server, as one whose page is connected to this process. */
  as(caller: Caller): Caller;
  /** kill -9: nothing is finished and nobody is told. */
  kill(): Promise<void>;
  /** Stands still until `goOn`, as a machine that is overloaded. */
  standStill(): void;
  goOn(): void;
}

/**
 * Starts `prosa-gateway` with these settings. Resolves once it listens; rejects with what it said when it ends before.
 * @param largestFile how many bytes a file may grow to (a megabyte or more; twice that with some shells): what is larger
 * the system refuses to write, as it does when a disk is full
 */
export async function startProcess(
  env: Readonly<Record<string, string>>,
  { largestFile }: { readonly largestFile?: number } = {},
): Promise<GatewayProcess> {
  const command = [process.execPath, '--conditions=@prosa/source', bin];
  const blocks = Math.ceil((largestFile ?? 0) / 512);
  const limited = ['/bin/sh', '-c', `ulimit -f ${blocks} && exec "$@"`, 'sh', ...command];
  const [program = '', ...args] = largestFile === undefined ? command : limited;
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const output = { out: '', err: '' };
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk.toString()));
  const listens = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output.out += chunk.toString();
      const url = /listens on\s+(http:\S+)\n/.exec(output.out)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  const url = await Promise.race([
    listens,
    ended.then((code) => Promise.reject(new Error(`the gateway ended with ${code}: ${output.err}`))),
  ]);
  const request = (path: string, init?: RequestInit) => fetch(url + path, init);
  return {
    url,
    request,
    as: ({ token }) => callerAt(request, token),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    standStill: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
  };
}
