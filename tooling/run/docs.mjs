import { ensureInstall, main, say, tool } from './lib.mjs';

await main(async () => {
  await ensureInstall('full');
  say('Writing the reference to docs/reference …');
  return tool('typedoc', process.argv.slice(2));
});
