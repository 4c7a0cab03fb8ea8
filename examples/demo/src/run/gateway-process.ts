import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface GatewaySettings {
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  /** Folder that it is started in. */
  readonly cwd: string;
  /** Told when it ended by itself and is started again, in words for a person. */
  readonly onRestart: (reason: string) => void;
  /** Told when it cannot be kept running. */
  readonly onGivingUp: (error: Error) => void;
  /** Told what it prints. */
  readonly onOutput?: ((text: string) => void) | undefined;
}

/** The gateway as a process of its own, started again when it dies. */
export interface GatewayProcess {
  readonly url: string;
  readonly pid: number | undefined;
  /** How many times it was started. */
  readonly starts: number;
  /** Resolves when it answers `/ready`. */
  ready(): Promise<void>;
  /** As a power cut would. Resolves when the process is gone; it is started again by itself. */
  kill9(): Promise<void>;
  stop(): Promise<void>;
}

const readyTimeoutMs = 30_000;
/** Before the first restart; twice as long before each one that follows soon. */
const restartDelayMs = 300;
/** So many ends within this time are no accident. */
const tooOften = { times: 5, withinMs: 20_000 };
const stopDeadlineMs = 1500;

const manifest = createRequire(import.meta.url).resolve('@prosa/gateway/package.json');
const bin = join(dirname(manifest), 'src', 'node', 'bin.ts');
const guard = join(dirname(fileURLToPath(import.meta.url)), 'orphan-guard.ts');

/** Starts the gateway through its bin and watches over it. */
export function runGateway(settings: GatewaySettings): GatewayProcess {
  const url = `http://127.0.0.1:${settings.port}`;
  let child: ChildProcess;
  let starts = 0;
  let stopping = false;
  let gaveUp: Error | null = null;
  let lastLines: string[] = [];
  let ends: number[] = [];
  let exited: Promise<void>;
  let restart: ReturnType<typeof setTimeout> | undefined;

  launch();

  function launch(): void {
    starts++;
    lastLines = [];
    child = spawn(
      process.execPath,
      [
        '--conditions=@prosa/source',
        '--disable-warning=ExperimentalWarning',
        `--import=${pathToFileURL(guard).href}`,
        bin,
      ],
      {
        cwd: settings.cwd,
        env: { ...inherited(), ...settings.env, HOST: '127.0.0.1', PORT: String(settings.port) },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    child.stdout?.on('data', keepLines);
    child.stderr?.on('data', keepLines);
    exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        resolve();
        ended(signal ?? `code ${code}`);
      });
      child.once('error', (error) => {
        resolve();
        ended(error.message);
      });
    });
  }

  function keepLines(chunk: Buffer): void {
    settings.onOutput?.(chunk.toString());
    lastLines = [...lastLines, ...chunk.toString().trimEnd().split('\n')].slice(-20);
  }

  function ended(how: string): void {
    if (stopping || gaveUp) return;
    const now = Date.now();
    ends = [...ends, now].filter((time) => now - time < tooOften.withinMs);
    if (ends.length >= tooOften.times) {
      gaveUp = new Error(`unable to keep the gateway running; it ended with ${how}\n${lastLines.join('\n')}`);
      settings.onGivingUp(gaveUp);
      return;
    }
    settings.onRestart(how);
    restart = setTimeout(launch, restartDelayMs * 2 ** (ends.length - 1));
  }

  return {
    url,
    get pid() {
      return child.pid;
    },
    get starts() {
      return starts;
    },
    async ready() {
      const deadline = Date.now() + readyTimeoutMs;
      for (;;) {
        if (gaveUp) throw gaveUp;
        if (await answers(`${url}/ready`)) return;
        if (Date.now() > deadline) {
          throw new Error(
            `unable to reach the gateway; ${url}/ready is not ready after ${readyTimeoutMs / 1000} s\n` +
              lastLines.join('\n'),
          );
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async kill9() {
      const gone = exited;
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      stopping = true;
      clearTimeout(restart);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), stopDeadlineMs);
      await exited;
      clearTimeout(hard);
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

/** Settings of a gateway in this shell are not meant for the demo's. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(PROSA_|WHATSAPP_|DATABASE_URL$)/.test(name)),
  );
}
