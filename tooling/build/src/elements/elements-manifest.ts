/** The parts of https://github.com/webcomponents/custom-elements-manifest that are looked at here. */
export interface Manifest {
  readonly schemaVersion: string;
  readonly modules: readonly Module[];
}

interface Module {
  readonly kind: string;
  readonly path: string;
  readonly declarations: readonly Declaration[];
  readonly exports: readonly unknown[];
}

interface Declaration {
  readonly name: string;
  readonly tagName?: string;
  readonly members?: readonly Member[];
}

interface Member {
  readonly name: string;
  readonly privacy?: string;
  readonly static?: boolean;
  readonly default?: string;
}

/** A built entry of the package. */
export interface BuiltEntry {
  /** Path in the package: `dist/index.js`. */
  readonly path: string;
  readonly exports: readonly string[];
}

/**
 * What the analyzer found in the sources, told of the built files: each element at the entry that exports its class and
 * with its tag, without what is private, and the tags at the entry that registers them (`define`).
 *
 * @throws when an element is exported by no entry
 */
export function publishedManifest(analyzed: Manifest, entries: readonly BuiltEntry[]): Manifest {
  const modules = new Map<string, { declarations: Declaration[]; exports: unknown[] }>();
  const moduleAt = (path: string) => {
    const found = modules.get(path) ?? { declarations: [], exports: [] };
    modules.set(path, found);
    return found;
  };
  const definition = entries.find(({ path }) => path.endsWith('/define.js'));

  for (const declaration of analyzed.modules.flatMap(({ declarations }) => declarations)) {
    const tagName = tagOf(declaration);
    if (!tagName) continue;
    const { name } = declaration;
    const entry = entries.find(({ exports }) => exports.includes(name));
    if (!entry) throw new Error(`unable to describe <${tagName}>; no entry exports ${name}`);
    const reference = { name, module: entry.path };
    const module = moduleAt(entry.path);
    module.declarations.push({ ...declaration, tagName, members: (declaration.members ?? []).filter(isPublic) });
    module.exports.push({ kind: 'js', name, declaration: reference });
    if (definition) {
      moduleAt(definition.path).exports.push({
        kind: 'custom-element-definition',
        name: tagName,
        declaration: reference,
      });
    }
  }
  return {
    schemaVersion: analyzed.schemaVersion,
    modules: Array.from(modules, ([path, module]) => ({ kind: 'javascript-module', path, ...module })),
  };
}

/** Classes name their tag in a static field, so that importing them registers nothing. */
function tagOf({ tagName, members = [] }: Declaration): string | undefined {
  return tagName ?? members.find(({ name }) => name === 'tagName')?.default?.replaceAll(/['"]/g, '');
}

const listening = new Set(['addEventListener', 'removeEventListener']);

function isPublic({ name, privacy, static: isStatic = false }: Member): boolean {
  return !isStatic && privacy !== 'private' && privacy !== 'protected' && !name.startsWith('#') && !listening.has(name);
}
