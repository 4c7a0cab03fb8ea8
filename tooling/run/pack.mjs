import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstall, main, packing, pnpm, runSource, say } from './lib.mjs';

// Packs what is published, checks the tarballs, and uses them as a newcomer would. `--built`: the build is fresh.

await main(async () => {
  await ensureInstall('full');
  const packages = ['--filter', './packages/*'];
  if (!process.argv.includes('--built')) {
    say('Building the packages …');
    const code = await pnpm([...packages, 'run', 'build']);
    if (code !== 0) return code;
  }
  const folder = mkdtempSync(join(tmpdir(), 'prosa-pack-'));
  try {
    say('Packing …');
    const args = ['--silent', '--recursive', ...packages, 'pack', '--pack-destination', folder];
    const code = await pnpm(args, { env: packing });
    return code === 0 ? await runSource('tooling/pack/src/main.ts', [folder]) : code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
