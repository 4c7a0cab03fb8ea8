import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface GatewayProcess {
  readonly pid: number;
  /** As a power cut would: no warning, no goodbye. Supervision starts it again. */
  kill9(): void;
  /** Waits until it answers. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export interface GatewaySettings {
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  /** It ended by itself and is being started again. */
  readonly onRestart: () => void;
}

const bin = fileURLToPath(new URL('./bin.ts', import.meta.resolve('@prosa/gateway/node')));
const readyWithinMs = 30_000;

/** The gateway as its users run it: a process of its own. When it dies it is started again on the same port. */
export function runGateway({ port, env, onLine, onRestart }: GatewaySettings): GatewayProcess {
  const url = `http://127.0.0.1:${port}`;
  let stopping = false;
  let child = start();

  return {
    get pid() {
      return child.pid ?? 0;
    },
    kill9() {
      child.kill('SIGKILL');
    },
    async ready() {
      const deadline = Date.now() + readyWithinMs;
      while (!(await answers(url))) {
        if (Date.now() > deadline) throw new Error('unable to start the gateway; it does not answer');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      stopping = true;
      await ended(child, () => child.kill('SIGTERM'));
    },
  };

  function start(): ChildProcess {
    const started = spawn(process.execPath, ['--conditions=@prosa/source', bin, 'start'], {
      env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [started.stdout, started.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => text.split('\n').filter(Boolean).forEach(onLine));
    }
    started.once('exit', () => {
      if (stopping) return;
      onRestart();
      // A breath, so that one that cannot start does not spin.
      setTimeout(() => {
        if (!stopping) child = start();
      }, 300);
    });
    return started;
  }
}

async function answers(url: string): Promise<boolean> {
  return await fetch(`${url}/ready`, { signal: AbortSignal.timeout(1000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

function ended(child: ChildProcess, ask: () => void): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    ask();
  });
}
