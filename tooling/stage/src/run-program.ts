import { spawn } from 'node:child_process';

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  /** The first group of the pattern, or all that it matched, as soon as it is printed. Rejects when the program ends. */
  prints(pattern: RegExp): Promise<string>;
  readonly ended: Promise<Ended>;
  /** As Ctrl+C does. */
  stop(): Promise<Ended>;
}

/** Runs a source file as a process of its own, as a person does in a shell. */
export function runProgram(
  file: string,
  { args = [], env = {} }: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): Program {
  const child = spawn(process.execPath, ['--conditions=@prosa/source', file, ...args], {
    env: { ...withoutOurs(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Also when a test fails before it stops what it started.
  const abandon = () => child.kill();
  process.once('exit', abandon);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      process.off('exit', abandon);
      resolve({ exitCode, stdout, stderr });
    });
  });
  return {
    ended,
    prints: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(stdout);
          if (match) resolve(match[1] ?? match[0]);
        };
        child.stdout.on('data', look);
        look();
        ended.then(() => {
          reject(new Error(`unable to see ${String(pattern)}; the program ended with:\n${stdout}${stderr}`));
        }, reject);
      }),
    stop() {
      child.kill('SIGINT');
      return ended;
    },
  };
}

/** A gateway that is named in this shell is not the one of the test. */
function withoutOurs(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PROSA_|PORT$)/.test(name)));
}
