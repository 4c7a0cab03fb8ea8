import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureInstall, main, packing, pnpm, runSource, say } from './lib.mjs';

// Packs what is published, checks the tarballs, and uses them as a newcomer would. `--built`: the build is fresh.
// `--to <folder>` only packs, and leaves the tarballs there: for a project that takes them before they are in a registry.

const at = process.argv.indexOf('--to');
const kept = at === -1 ? null : resolve(process.env.INIT_CWD ?? '.', process.argv[at + 1] ?? 'tarballs');

await main(async () => {
  await ensureInstall('full');
  const packages = ['--filter', './packages/*'];
  if (!process.argv.includes('--built')) {
    say('Building the packages …');
    const code = await pnpm([...packages, 'run', 'build']);
    if (code !== 0) return code;
  }
  if (kept !== null) mkdirSync(kept, { recursive: true });
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'prosa-pack-'));
  try {
    say('Packing …');
    const args = ['--silent', '--recursive', ...packages, 'pack', '--pack-destination', folder];
    const code = await pnpm(args, { env: packing });
    if (kept !== null) {
      if (code === 0) say(`Packed. In your project: npm install ${join(kept, '*.tgz')}`);
      return code;
    }
    return code === 0 ? await runSource('tooling/pack/src/main.ts', [folder]) : code;
  } finally {
    if (kept === null) rmSync(folder, { recursive: true, force: true });
  }
});
