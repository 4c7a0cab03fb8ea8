import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rollup } from 'rollup';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bundledLibraries, thirdPartyLicenses } from './bundled-libraries.ts';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'prosa-bundled-')));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

async function build() {
  const bundle = await rollup({ input: join(folder, 'index.js'), plugins: [bundledLibraries(), thirdPartyLicenses()] });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return new Map(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : String(file.source)]));
}

it('refuses a library without a licence', async () => {
  write('index.js', "import { a } from './node_modules/lib/index.js';\nconsole.log(a);");
  write('node_modules/lib/index.js', 'export const a = 1;');
  write('node_modules/lib/package.json', '{ "name": "lib", "version": "1.0.0" }');
  await expect(build()).rejects.toThrow('unable to bundle lib; it has no licence file');
});

it('leaves no process to ask for, and passes the licence on', async () => {
  write('index.js', "import { a } from './node_modules/@x/lib/dist/index.js';\nconsole.log(a);");
  write(
    'node_modules/@x/lib/dist/index.js',
    "export const a = process.env.NODE_ENV !== 'production' ? 'slow' : 'fast';",
  );
  write('node_modules/@x/lib/package.json', '{ "name": "@x/lib", "version": "1.0.0" }');
  write('node_modules/@x/lib/LICENSE.md', 'Do what you want\n');
  const files = await build();
  expect(files.get('index.js')).toContain('"fast"');
  expect(files.get('index.js')).not.toContain('process');
  expect(files.get('third-party-licenses.txt')).toBe('@x/lib 1.0.0\n\nDo what you want\n');
});

it('says nothing of licences where no library is bundled', async () => {
  write('index.js', 'console.log(process.env.NODE_ENV);');
  const files = await build();
  expect([...files.keys()]).toEqual(['index.js']);
  expect(files.get('index.js')).toContain('process.env.NODE_ENV');
});
