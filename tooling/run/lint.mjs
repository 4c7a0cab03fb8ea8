import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib.mjs';
import { twoAtATime } from './two-at-a-time.mjs';

// One process per part: with the types of the whole workspace in one, it runs out of memory.

const groups = ['packages', 'examples', 'tooling'];
const parts = groups.flatMap((group) =>
  readdirSync(join(root, group))
    .filter((name) => statSync(join(root, group, name)).isDirectory())
    .sort()
    .map((name) => join(group, name)),
);
const rest = groups.flatMap((group) => ['--ignore-pattern', `${group}/`]);
const wanted = process.argv.slice(2);
const eslint = join(root, 'node_modules', 'eslint', 'bin', 'eslint.js');
const named = (part) => wanted.length === 0 || wanted.some((name) => part.includes(name));

await twoAtATime([
  ...parts
    .filter(named)
    .map((part) => ({ name: part, args: [eslint, '--no-error-on-unmatched-pattern', '--pass-on-no-patterns', part] })),
  ...(named('.') ? [{ name: 'the rest', args: [eslint, '.', ...rest] }] : []),
]);
