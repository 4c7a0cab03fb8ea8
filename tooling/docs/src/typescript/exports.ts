import ts from 'typescript';
import { dirname, join } from 'node:path';
import { root } from '../paths.ts';

/** What users import, and the file it is in. The first that exports a name has its page, the others refer to it. */
const entries = [
  ['@prosa/core', 'packages/core/src/index.ts'],
  ['@prosa/core/headless', 'packages/core/src/headless.ts'],
  ['@prosa/core/modular', 'packages/core/src/modular.ts'],
  ['@prosa/core/webchat', 'packages/core/src/webchat/index.ts'],
  ['@prosa/core/brazil', 'packages/core/src/brazil/index.ts'],
  ['@prosa/core/contract', 'packages/core/src/contract/index.ts'],
  ['@prosa/react', 'packages/react-bindings/src/index.ts'],
  ['@prosa/gateway', 'packages/gateway/src/index.ts'],
  ['@prosa/gateway/node', 'packages/gateway/src/node/index.ts'],
  ['@prosa/gateway/testing', 'packages/gateway/src/testing/browser.ts'],
  ['@prosa/gateway/testing/msw', 'packages/gateway/src/testing/msw.ts'],
  ['@prosa/gateway/conformance', 'packages/gateway/src/conformance/index.ts'],
] as const;

/** A `schema` has no page: its type has. */
export const kinds = ['function', 'class', 'interface', 'type', 'constant', 'schema'] as const;
export type Kind = (typeof kinds)[number];

/** Something that an entry exports. */
export interface Exported {
  readonly name: string;
  readonly kind: Kind;
  readonly symbol: ts.Symbol;
  /** All of it: a name may be a value and a type. */
  readonly declarations: readonly ts.Declaration[];
  /** `@prosa/core` */
  readonly entry: string;
  /** Its page under `docs/reference`, without `.md`. */
  readonly page: string;
}

export interface Entry {
  readonly name: string;
  /** Its folder under `docs/reference`: `typescript/core/headless`. */
  readonly folder: string;
  /** What its file says at the top. */
  readonly about: string;
  /** By name. Those whose `entry` is another have their page there. */
  readonly exports: readonly Exported[];
}

/** The public names of every package, as the compiler sees them. */
export interface Exports {
  readonly checker: ts.TypeChecker;
  readonly entries: readonly Entry[];
  readonly bySymbol: ReadonlyMap<ts.Symbol, Exported>;
}

/**
 * @param of each with its file, from the root of the repository
 * @throws when a file is missing or has no exports
 */
export function readExports(of: readonly (readonly [name: string, file: string])[] = entries): Exports {
  const program = createProgram(of.map(([, file]) => join(root, file)));
  const checker = program.getTypeChecker();
  const bySymbol = new Map<ts.Symbol, Exported>();
  const taken = new Set<string>();
  const read = of.map(([name, file]): Entry => {
    const source = program.getSourceFile(join(root, file));
    const module = source && checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`unable to write the TypeScript reference; ${file} exports nothing`);
    const folder = `typescript/${name.replace('@prosa/', '')}`;
    const exports = checker
      .getExportsOfModule(module)
      .map((exported): Exported => {
        const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
        const known = bySymbol.get(symbol);
        if (known) return known.name === exported.name ? known : { ...known, name: exported.name };
        const kind = kindOf(symbol);
        const page = pageOf(`${folder}/${exported.name}`, kind, taken);
        const { declarations = [] } = symbol;
        const found = { name: exported.name, kind, symbol, declarations, entry: name, page };
        bySymbol.set(symbol, found);
        return found;
      })
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
    return { name, folder, about: aboutFile(source), exports };
  });
  return { checker, entries: read, bySymbol };
}

function createProgram(files: readonly string[]): ts.Program {
  const path = join(root, 'tsconfig.docs.json');
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as { readonly config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(path));
  return ts.createProgram(files, options);
}

/** What parts of the client have in common is no user's business. */
export function isInner(node: ts.Node): boolean {
  return /\bKernel\b/.test(node.getText());
}

function kindOf({ flags, valueDeclaration, name }: ts.Symbol): Kind {
  if (valueDeclaration && ts.isFunctionDeclaration(valueDeclaration)) {
    return valueDeclaration.parameters.some(isInner) ? 'constant' : 'function';
  }
  if (flags & ts.SymbolFlags.Class) return 'class';
  if (flags & ts.SymbolFlags.Interface) return 'interface';
  if (flags & ts.SymbolFlags.TypeAlias) return 'type';
  const value = valueDeclaration && ts.isVariableDeclaration(valueDeclaration) ? valueDeclaration.initializer : null;
  if (value && ts.isArrowFunction(value) && !value.parameters.some(isInner)) return 'function';
  return /Schemas?$/.test(name) ? 'schema' : 'constant';
}

/** Some file systems take `Session` and `session` for the same. */
function pageOf(wanted: string, kind: Kind, taken: Set<string>): string {
  const page = taken.has(wanted.toLowerCase()) ? `${wanted}-${kind}` : wanted;
  taken.add(page.toLowerCase());
  return page;
}

function aboutFile(source: ts.SourceFile): string {
  const [comment] = ts.getLeadingCommentRanges(source.text, 0) ?? [];
  if (!comment) return '';
  return source.text
    .slice(comment.pos, comment.end)
    .replace(/^\/\*\*?|\*\/$/g, '')
    .replace(/^\s*\* ?/gm, '')
    .trim();
}
