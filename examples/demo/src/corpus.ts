import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import { replay } from './corpus/replay.ts';
import { summaryOf } from './corpus/report.ts';

/** `WHATSAPP_CORPUS=<folder> npm run corpus`: every envelope of a folder through a fresh gateway, signed as Meta signs. */
const own = fileURLToPath(new URL('../corpus', import.meta.url));
const folder = process.env['WHATSAPP_CORPUS'] ? resolve(process.env['WHATSAPP_CORPUS']) : own;
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort();
if (names.length === 0) {
  console.error(`There are no .json files in ${folder}. Set WHATSAPP_CORPUS to a folder of webhook envelopes.`);
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
