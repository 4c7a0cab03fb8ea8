import { ensureInstall, main, runSource } from './lib.mjs';

await main(async () => {
  await ensureInstall('demo');
  return runSource('packages/gateway/src/node/bin.ts', process.argv.slice(2), { cwd: process.cwd() });
});
