import { ensureInstall, main, packing, pnpm, say } from './lib.mjs';

await main(async () => {
  await ensureInstall('full');
  say('Building the packages …');
  const code = await pnpm(['--filter', './packages/*', 'run', 'build']);
  if (code !== 0) return code;
  say('Publishing …');
  // Through pnpm, which changesets then finds on the PATH and publishes with.
  return pnpm(['exec', 'changeset', 'publish', ...process.argv.slice(2)], { env: packing });
});
