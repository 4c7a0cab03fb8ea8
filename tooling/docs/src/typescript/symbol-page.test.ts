import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root, site } from '../paths.ts';
import { readExports } from './exports.ts';
import { symbolPage } from './symbol-page.ts';
import { TypeText } from './type-text.ts';

const folder = join(site, '.cache', 'reference-test');
const source = `
/** How far it got. */
export const states = ['open', 'closed', 'ajar'] as const;
export type State = (typeof states)[number];
const made = { door: null as unknown as {
  id: string;
  /** Since when. */
  since: string | null;
  state: State | null;
} };
export type Door = Readonly<(typeof made)['door']>;
export interface Options { readonly wait?: number | undefined }
/**
 * Opens it.
 * @example
 * await open(door, { wait: 5 });
 */
export async function open(door: Door, { wait = 0 }: Options = {}): Promise<Door[]> { await wait; return [door]; }
export class Lock { #key = 1; private turns = 0; protected bolt = 0; /** Turns it. */ turn(): number { return this.#key + this.turns + this.bolt; } }
`;

let pages: ReadonlyMap<string, string>;

beforeAll(async () => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.ts'), source);
  const exports = readExports([['@prosa/doors', relative(root, join(folder, 'index.ts'))]]);
  const types = new TypeText(exports);
  pages = new Map(
    [...exports.bySymbol.values()].map((exported) => [exported.name, symbolPage(exported, types).join('\n')]),
  );
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a reader sees. */
const seen = (name: string) =>
  (pages.get(name) ?? '')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&#124;', '|')
    .replaceAll('&lt;', '<');

it('names parameters that are taken apart, and links what is public', () => {
  expect(seen('open')).toContain('open(door: Door, options?: Options): Promise<Door[]>');
  expect(pages.get('open')).toContain('<a href="/reference/typescript/doors/Door">Door</a>');
  expect(seen('open')).toContain('```ts\nawait open(door, { wait: 5 });\n```');
});

it('shows what a computed type is: its fields, with what is said of them', () => {
  expect(seen('Door')).toContain('| since | string | null | Since when. |');
  expect(seen('Door')).toContain('| state | State | null |');
});

it('shows a union in the order of the list that it is made from, with what is said of the list', () => {
  expect(seen('State')).toContain("type State = 'open' | 'closed' | 'ajar'");
  expect(seen('State')).toContain('How far it got.');
});

it('shows nothing private', () => {
  expect(seen('Lock')).toContain('turn(): number');
  expect(seen('Lock')).not.toMatch(/key|turns|bolt/);
});

it('says that a field may be left out once', () => {
  expect(seen('Options')).toContain('| wait (optional) | number |');
});
