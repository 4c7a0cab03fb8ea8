import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JsonObject } from '../../json.ts';
import { ownBodies } from './own-bodies.ts';
import { tryRequest } from './try-request.ts';
import type { RequestFile } from './try-request.ts';

/**
 * `npm run corpus:requests <folder>`, or `WHATSAPP_REQUESTS=<folder>`: every printed request of a folder against a fresh
 * simulator, and every broken copy of it. Placeholders, media ids and message ids are replaced by ones that exist there.
 */
function filesOf(folder: string): readonly RequestFile[] {
  return readdirSync(folder)
    .filter((name) => /^(?:create_template|send).*\.json$/.test(name))
    .sort()
    .map((name) => ({ name, body: JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as JsonObject }));
}

const folder = process.argv[2] ?? process.env['WHATSAPP_REQUESTS'];
const files = folder === undefined ? ownBodies : filesOf(resolve(folder));
if (files.length === 0) {
  console.error(`There are no create_template*.json or send*.json files in ${String(folder)}.`);
  process.exit(2);
}
const results = [];
for (const file of files) results.push(await tryRequest(file));
for (const { name, accepted, outcome, refused, codes, mishaps } of results) {
  const total = Object.values(refused).reduce((sum, count) => sum + count, 0);
  console.log(
    `${accepted ? 'accepted' : 'REFUSED '}  ${name}: ${outcome}; ${total} broken copies refused ` +
      `(${refused.missing} missing, ${refused['too long']} too long, ${refused['wrong type']} wrong type) with ${codes.join(', ')}`,
  );
  for (const { damage, path, expected, got } of mishaps) {
    console.log(`            ${path} ${damage}: ${got === null ? 'ACCEPTED' : `refused with ${got}`}, not ${expected}`);
  }
}
const accepted = results.filter((each) => each.accepted).length;
const refused = results.flatMap((each) => Object.values(each.refused)).reduce((sum, count) => sum + count, 0);
const mishaps = results.reduce((sum, each) => sum + each.mishaps.length, 0);
console.log(
  `\n${accepted} of ${results.length} requests accepted; ${refused} of ${refused + mishaps} broken copies refused with the code expected.`,
);
process.exit(accepted === results.length && mishaps === 0 ? 0 : 1);
