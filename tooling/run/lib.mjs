import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Everything in this folder runs on Node 20 with nothing installed: plain JavaScript, built-in modules only.

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const PNPM = 'pnpm@12.21.0';
const STAMP = join(root, 'node_modules', '.cache', 'prosa-install.json');
const startedAt = Date.now();

/** Prints one line of progress with the seconds since the command began. */
export function say(text) {
  console.log(`[${((Date.now() - startedAt) / 1000).toFixed(1).padStart(5)} s] ${text}`);
}

/**
 * Runs a program in the foreground, handing on SIGINT, SIGTERM and SIGHUP.
 * @returns {Promise<number>} its exit code (128 + n when signal n ended it)
 */
export function run(command, args, { env = {}, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' && !command.endsWith('.exe');
    const child = spawn(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env }, shell });
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const handlers = signals.map((signal) => {
      // A terminal delivers Ctrl+C to the child too; a second copy would read as "stop at once".
      const handler = () => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      };
      process.on(signal, handler);
      return [signal, handler];
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const [name, handler] of handlers) process.off(name, handler);
      resolve(code ?? 128 + (signal === 'SIGINT' ? 2 : signal === 'SIGKILL' ? 9 : 15));
    });
  });
}

/** How packages are packed, as pnpm asks for it in the environment. */
export const packing = { pnpm_config_pnpmfile: join(root, 'tooling', 'pack', 'pnpmfile.mjs') };

/** Runs pnpm at the pinned version, without anything installed globally. */
export function pnpm(args, options) {
  return run('npx', ['-y', PNPM, ...args], options);
}

/** Runs a program of the installed workspace (`eslint`, `vitest` …) on the workspace's Node. */
export function tool(name, args = [], { env = {}, ...options } = {}) {
  const bin = join(root, 'node_modules', '.bin');
  const path = `${bin}${delimiter}${process.env.PATH ?? ''}`;
  return run(join(bin, name), args, { ...options, env: { ...env, PATH: path } });
}

/** The Node 24 that the workspace brings, as a real binary so that signals reach it. */
export function workspaceNode() {
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  for (const folder of ['.', 'examples/demo']) {
    const path = join(root, folder, 'node_modules', 'node', 'bin', file);
    if (existsSync(path)) return realpathSync(path);
  }
  throw new Error('unable to find the Node of the workspace; delete node_modules and run the command again');
}

/** Runs a TypeScript file of the workspace on the workspace's Node, against the sources. */
export function runSource(file, args = [], options = {}) {
  if (!existsSync(join(root, file))) throw new Error(`unable to run ${file}; the file does not exist`);
  return run(workspaceNode(), ['--conditions=@prosa/source', join(root, file), ...args], options);
}

function manifestHash() {
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'];
  for (const group of ['packages', 'examples', 'tooling']) {
    for (const name of readdirSync(join(root, group)).sort()) {
      const file = join(group, name, 'package.json');
      if (existsSync(join(root, file))) files.push(file);
    }
  }
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Installs what is missing.
 * @param {'demo' | 'full'} scope `demo` leaves out what only tests and releases need. A workspace that was once
 *   installed in full stays so: a filtered install must not take anything away.
 */
export async function ensureInstall(scope) {
  const hash = manifestHash();
  const stamp = readStamp();
  const full = scope === 'full' || stamp?.scope === 'full' || existsSync(join(root, 'node_modules', 'vitest'));
  if (stamp?.hash === hash && (stamp.scope === 'full' || !full)) return;
  say(
    full
      ? 'Installing the workspace (about a minute the first time) …'
      : 'Installing what the demo needs (under a minute the first time) …',
  );
  // The root is always part of an install; without development dependencies it brings nothing.
  const filter = full ? [] : ['--prod', '--filter', '@prosa/demo...'];
  const code = await pnpm(['install', '--frozen-lockfile', ...filter]);
  if (code !== 0) {
    say(`pnpm install failed with code ${code}`);
    process.exit(code);
  }
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, JSON.stringify({ hash, scope: full ? 'full' : 'demo' }));
  say('Installed.');
}

/** Ends this process as `main` says, with one line instead of a stack for what people can mend. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
