import { ensureInstall, main, runSource } from './lib.mjs';

await main(async () => {
  await ensureInstall('demo');
  return runSource('examples/demo/src/corpus.ts', process.argv.slice(2), { cwd: process.cwd() });
});
