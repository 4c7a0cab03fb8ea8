import { spawn } from 'node:child_process';
import { root } from './lib.mjs';

/**
 * Runs Node programs, two at a time, and prints what each has to say when it ends. Sets the exit code.
 * @param {readonly { name: string, args: readonly string[] }[]} jobs
 */
export async function twoAtATime(jobs) {
  const queue = [...jobs];
  let failed = 0;

  function run({ name, args }) {
    return new Promise((resolve) => {
      const startedAt = Date.now();
      const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      child.stdout.on('data', (chunk) => (output += chunk));
      child.stderr.on('data', (chunk) => (output += chunk));
      child.on('close', (code) => {
        if (code !== 0) failed++;
        console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
        if (output) console.log(output);
        resolve();
      });
    });
  }

  async function worker() {
    for (let job = queue.shift(); job; job = queue.shift()) await run(job);
  }
  await Promise.all([worker(), worker()]);
  process.exitCode = failed > 0 ? 1 : 0;
}
