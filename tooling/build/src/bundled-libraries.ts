import { transform } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'rollup';

/**
 * For libraries that become part of a package: what they ask of `process.env.NODE_ENV` is
 * answered, as there is no `process` in a browser.
 */
export function bundledLibraries(): Plugin {
  return {
    name: 'prosa-bundled-libraries',
    async transform(code, id) {
      if (!isLibrary(id) || !code.includes('process.env.NODE_ENV')) return null;
      const define = { 'process.env.NODE_ENV': '"production"' };
      const result = await transform(code, { define, minifySyntax: true, sourcemap: true, sourcefile: id });
      return { code: result.code, map: result.map };
    },
  };
}

/** The licences of the libraries that are in the bundle go along, in `third-party-licenses.txt`. */
export function thirdPartyLicenses(): Plugin {
  return {
    name: 'prosa-third-party-licenses',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
      const folders = new Set(modules.filter(isLibrary).map(packageFolder));
      if (folders.size === 0) return;
      const source = [...folders].map(licenseOf).sort().join('\n\n');
      this.emitFile({ type: 'asset', fileName: 'third-party-licenses.txt', source: `${source}\n` });
    },
  };
}

/** Not what the bundler itself adds beside a library, whose ids begin with a zero. */
function isLibrary(id: string): boolean {
  return !id.startsWith('\0') && /[\\/]node_modules[\\/]/.test(id);
}

function packageFolder(id: string): string {
  let folder = dirname(id);
  while (!/[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+$/.test(folder)) folder = dirname(folder);
  return folder;
}

/** @throws when the library has no licence to pass on */
function licenseOf(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`unable to bundle ${name}; it has no licence file`);
  return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}`;
}
