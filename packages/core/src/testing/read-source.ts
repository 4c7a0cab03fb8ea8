/**
 * The text of a file of this package. The package has no types of Node, so that its sources cannot use Node by mistake.
 */
export function readSource(url: URL): string {
  const { process } = globalThis as unknown as {
    process: { getBuiltinModule(name: 'node:fs'): { readFileSync(path: URL, encoding: 'utf8'): string } };
  };
  return process.getBuiltinModule('node:fs').readFileSync(url, 'utf8');
}
