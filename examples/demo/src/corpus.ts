import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import { replay } from './corpus/replay.ts';
import { summaryOf } from './corpus/report.ts';

/** `npm run corpus <folder>`, or `WHATSAPP_CORPUS=<folder>`: every envelope of a folder through a fresh gateway, signed as Meta signs. */
const own = fileURLToPath(new URL('../corpus', import.meta.url));
const given = process.argv[2] ?? process.env['WHATSAPP_CORPUS'];
const folder = given ? resolve(given) : own;
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort();
if (names.length === 0) {
  console.error(`There are no .json files in ${folder}. Name a folder of webhook envelopes: npm run corpus <folder>.`);
  process.exit(2);
}
const results = await replay(names.map((name) => ({ name, body: readFileSync(`${folder}/${name}`) })));
for (const { name, answered, repeated, kept, stored, note } of results) {
  const seen = stored.length === 0 ? 'nothing to show' : stored.join(', ');
  console.log(
    `${answered} ${repeated} ${kept ? 'kept' : 'LOST'}  ${name}: ${seen}${note === null ? '' : ` (${note})`}`,
  );
}
const { line, failed } = summaryOf(results);
console.log(`\n${line}`);
process.exit(failed === 0 ? 0 : 1);
