import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib.mjs';
import { twoAtATime } from './two-at-a-time.mjs';

// One compiler process per project: faster than one `tsc -b`, and each project keeps its own environment.

const projects = ['tsconfig.json'];
for (const group of ['packages', 'examples', 'tooling']) {
  for (const name of readdirSync(join(root, group)).sort()) {
    for (const file of ['tsconfig.json', 'tsconfig.portable.json', 'tsconfig.react-18.json']) {
      if (existsSync(join(root, group, name, file))) projects.push(join(group, name, file));
    }
  }
}
const wanted = process.argv.slice(2);
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

await twoAtATime(
  projects
    .filter((project) => wanted.length === 0 || wanted.some((part) => project.includes(part)))
    .map((project) => {
      const info = join(root, '.cache', 'tsc', `${project.replaceAll(/[\\/]/g, '_')}.tsbuildinfo`);
      return { name: project, args: [tsc, '-p', project, '--incremental', '--tsBuildInfoFile', info, '--pretty'] };
    }),
);
