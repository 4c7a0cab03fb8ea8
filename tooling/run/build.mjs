import { ensureInstall, main, pnpm, say } from './lib.mjs';

await main(async () => {
  await ensureInstall('full');
  say('Building the packages …');
  return pnpm(['--filter', './packages/*', 'run', 'build', ...process.argv.slice(2)]);
});
