import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkInstalled } from './check-installed.ts';
import { installConsumer, readmeSnippets } from './consumer.ts';
import { lintTarball } from './lint-tarball.ts';
import { publicPackages, tarballOf } from './public-packages.ts';
import { tryBundle } from './try-bundle.ts';
import { startGateway } from './start-gateway.ts';
import { tryCommands } from './try-commands.ts';
import { tryPages } from './try-pages.ts';
import { tryScripts } from './try-scripts.ts';
import { tryTypes } from './try-types.ts';

/** Checks the tarballs in the folder that is named as the argument, and uses them as a newcomer would. */

const [tarballs] = process.argv.slice(2);
if (tarballs === undefined) throw new Error('Name the folder that holds the tarballs.');
const startedAt = Date.now();
let failed = 0;

function tell(name: string, problems: readonly string[], well: string): void {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  if (problems.length === 0) console.log(`ok     ${name}: ${well} (${seconds} s)`);
  else console.error(`FAILED ${name}\n${problems.map((line) => `       ${line}`).join('\n')}`);
  failed += problems.length;
}

async function attempt(name: string, task: () => Promise<string>): Promise<boolean> {
  try {
    tell(name, [], await task());
    return true;
  } catch (error) {
    tell(name, [error instanceof Error ? error.message : String(error)], '');
    return false;
  }
}

async function useInstalled(): Promise<void> {
  for (const manifest of packages) {
    const problems = checkInstalled(join(folder, 'node_modules', manifest.name), manifest);
    tell(manifest.name, problems, 'is whole');
  }
  const snippets = await readmeSnippets(folder, packages);
  await attempt('types', () => tryTypes(folder, snippets));
  await attempt('bundle', () => tryBundle(folder, snippets));
  await attempt('gateway', async () => {
    const gateway = await startGateway(folder);
    try {
      await attempt('scripts', () => tryScripts(folder, gateway, snippets));
      await attempt('commands', () => tryCommands(gateway, snippets));
      await attempt('pages', () => tryPages({ project: folder, gateway, snippets }));
    } finally {
      await gateway.stop();
    }
    return 'starts and stops';
  });
}

const packages = publicPackages();
const folder = await mkdtemp(join(tmpdir(), 'prosa-newcomer-'));
try {
  const installing = installConsumer(folder, tarballs, packages);
  installing.catch(() => undefined);
  for (const manifest of packages) {
    const problems = await lintTarball(join(tarballs, tarballOf(manifest)), manifest);
    tell(manifest.name, problems, 'publint and attw have no complaint');
  }
  const installed = await attempt('install', async () => {
    await installing;
    return 'npm takes the tarballs';
  });
  if (installed) await useInstalled();
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
