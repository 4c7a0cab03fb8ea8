import { rm } from 'node:fs/promises';
import { build, serve } from 'vitepress';
import { writeElementPages } from './element-pages.ts';
import { writeHttpPages } from './http-pages.ts';
import { reference, site } from './paths.ts';
import { checkSnippets } from './snippets.ts';
import { writeTables } from './tables.ts';
import { writeTypeScriptPages } from './typescript-pages.ts';

/** `--build`: only builds. Otherwise the site is served when it is built. */
const onlyBuild = process.argv.includes('--build');

try {
  console.log(`${await checkSnippets()} snippets compile.`);
  await rm(reference, { recursive: true, force: true });
  await Promise.all([writeHttpPages(), writeTables(), writeElementPages(), writeTypeScriptPages()]);
  // A link that leads nowhere fails the build.
  await build(site);
  if (!onlyBuild) {
    await serve({ root: site, port: 4400 });
    console.log('The site is at http://localhost:4400/');
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
