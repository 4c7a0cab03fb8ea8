import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest, type Manifest } from './public-packages.ts';

/**
 * What is wrong with a package as npm installed it, beside its sources' manifest.
 * @returns one line each; none when all is well
 */
export function checkInstalled(folder: string, source: Manifest): readonly string[] {
  const packed = readManifest(folder);
  const problems: string[] = [];
  const expect = (right: boolean, problem: string) => {
    if (!right) problems.push(problem);
  };

  for (const name of ['LICENSE', 'README.md']) expect(existsSync(join(folder, name)), `has no ${name}`);
  expect(
    Object.keys(packed.exports).sort().join() === Object.keys(source.exports).sort().join(),
    'publishConfig.exports and exports do not name the same entries',
  );
  for (const [entry, target] of Object.entries(packed.exports)) {
    const conditions = typeof target === 'string' ? [] : Object.keys(target);
    expect(!conditions.includes('@prosa/source'), `${entry} leads to sources`);
    expect(conditions.length === 0 || conditions[0] === 'types', `${entry} does not tell its types first`);
  }
  for (const [name, range] of Object.entries(packed.dependencies ?? {})) {
    expect(!/^(workspace|catalog|file|link):/.test(range), `wants ${name} as ${range}`);
  }
  if (packed.customElements) {
    const path = join(folder, packed.customElements);
    expect(existsSync(path) && readFileSync(path, 'utf8').includes('"tagName"'), 'describes no element');
  }
  for (const field of ['scripts', 'devDependencies', 'prosa']) {
    expect(!(field in packed), `tells of ${field}, which only the repository needs`);
  }
  const sideEffects = Array.isArray(packed.sideEffects) ? packed.sideEffects : [];
  for (const path of sideEffects) expect(!path.startsWith('./src/'), `names ${path}, which is not in it`);
  for (const problem of deadLinks(folder)) problems.push(problem);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const unwanted = files.filter((name) => /\.(test|e2e)\.|\.tsbuildinfo$|(?<!\.d)\.ts$/.test(name)).sort();
  expect(unwanted.length === 0, `holds ${unwanted.slice(0, 2).join(', ')} (${unwanted.length} such files)`);
  return problems;
}

/** A README is read where there is only the package: links lead to its own files or to the web, and nothing is hidden. */
function deadLinks(folder: string): readonly string[] {
  const path = join(folder, 'README.md');
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const dead = links.filter((link) => !/^(https?:|#)/.test(link) && !existsSync(join(folder, link)));
  return [
    ...dead.map((link) => `its README leads to ${link}, which is not in it`),
    ...(text.includes('<!--') ? ['its README holds a comment'] : []),
  ];
}
