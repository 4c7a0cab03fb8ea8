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
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const unwanted = files.filter((name) => /\.(test|e2e)\.|\.tsbuildinfo$|(?<!\.d)\.ts$/.test(name)).sort();
  expect(unwanted.length === 0, `holds ${unwanted.slice(0, 2).join(', ')} (${unwanted.length} such files)`);
  return problems;
}
