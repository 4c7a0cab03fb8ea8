import { ensureInstall, main, pnpm, say } from './lib.mjs';

await main(async () => {
  await ensureInstall('full');
  say('Writing the reference to docs/reference …');
  return pnpm(['exec', 'typedoc', ...process.argv.slice(2)]);
});
