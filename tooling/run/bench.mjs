import { ensureInstall, main, runSource, say } from './lib.mjs';

await main(async () => {
  await ensureInstall('full');
  say('Measuring bundle sizes …');
  return runSource('bench/sizes.ts', process.argv.slice(2));
});
