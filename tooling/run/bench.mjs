import { ensureInstall, main, runSource, say } from './lib.mjs';

await main(async () => {
  await ensureInstall('full');
  say('Measuring bundle sizes …');
  const sizes = await runSource('bench/sizes.ts', process.argv.slice(2));
  say('Measuring what an event costs …');
  const store = await runSource('bench/store.ts', [], { env: { NODE_OPTIONS: '--expose-gc' } });
  say('Measuring how a long conversation opens …');
  const thread = await runSource('bench/long-thread.ts');
  return sizes || store || thread;
});
