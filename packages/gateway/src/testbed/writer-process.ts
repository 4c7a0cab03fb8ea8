import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const writer = fileURLToPath(new URL('./sqlite-writer.ts', import.meta.url));

/** A process that commits as fast as it can: each time a queue and its event. */
export interface WriterProcess {
  readonly pid: number | undefined;
  /** Ids of the queues that it said are committed, as far as that has come through. */
  acknowledged(): readonly string[];
  /** Stands still until `goOn`, wherever it is. */
  standStill(): void;
  goOn(): void;
  /** kill -9; resolves with everything that it said. */
  kill(): Promise<readonly string[]>;
}

/** Starts a process that writes to the SQLite file, and waits until it does. Rejects with its complaint when it cannot. */
export async function startWriter(path: string, workspaceId: string): Promise<WriterProcess> {
  const child = spawn(process.execPath, ['--conditions=@prosa/source', '--no-warnings', writer, path, workspaceId], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const gone = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), gone]);
  if (said === '') throw new Error(complaint);
  // The last line may be cut.
  const acknowledged = () => said.split('\n').slice(0, -1);
  return {
    pid: child.pid,
    acknowledged,
    standStill: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    async kill() {
      child.kill('SIGKILL');
      await gone;
      return acknowledged();
    },
  };
}
