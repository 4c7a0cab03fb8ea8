import { ensureInstall, main, pnpm, say, tool } from './lib.mjs';

await main(async () => {
  await ensureInstall('full');
  say('Building the packages …');
  const code = await pnpm(['--filter', './packages/*', 'run', 'build']);
  if (code !== 0) return code;
  say('Publishing …');
  return tool('changeset', ['publish', ...process.argv.slice(2)]);
});
