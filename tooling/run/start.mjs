import { ensureInstall, main, runSource, say } from './lib.mjs';

await main(async () => {
  await ensureInstall('demo');
  say('Starting the demo …');
  return runSource('examples/demo/src/start.ts', process.argv.slice(2));
});
