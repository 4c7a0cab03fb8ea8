import { ensureInstall, main, runSource } from './lib.mjs';

await main(async () => {
  await ensureInstall('demo');
  return runSource('packages/whatsapp-simulator/src/testing/requests/corpus.ts', process.argv.slice(2), {
    cwd: process.cwd(),
  });
});
