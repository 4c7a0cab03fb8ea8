import { ensureInstall, main, runSource } from './lib.mjs';

// Builds the documentation and serves it; with `--build` it is only built.
await main(async () => {
  await ensureInstall('full');
  return runSource('tooling/docs/src/build.ts', process.argv.slice(2));
});
