import type { Plugin } from 'rollup';
import { thirdPartyLicenses } from './bundled-libraries.ts';
import { bundlePage, type PageFile } from './page.ts';

/**
 * Bundles one entry for a plain `<script src>` of a website: `<name>.js`, which leaves nothing on the global object
 * that the entry does not put there itself, and what it loads in `<name>/`, under names that change with the content.
 *
 * @param entry absolute path; it may only `import()`
 */
export async function bundlePageScript(name: string, entry: string, outDir: string): Promise<readonly PageFile[]> {
  const files = await bundlePage({ [name]: entry }, outDir, {
    sourcemap: false,
    chunkFolder: name,
    plugins: [asScript(entry), thirdPartyLicenses()],
  });
  const script = files.find(({ isEntry }) => isEntry);
  if (!script || script.imports.length > 0) {
    throw new Error(
      `unable to build the script ${name}; it imports ${script?.imports.join(', ') ?? 'nothing'} at once`,
    );
  }
  return files;
}

/** To a script of another origin a browser gives no address to import from: it is taken from its element. */
function asScript(entry: string): Plugin {
  return {
    name: 'prosa-page-script',
    renderDynamicImport: ({ moduleId }) =>
      moduleId === entry ? { left: 'import(new URL(', right: ', scriptUrl).href)' } : null,
    banner: ({ isEntry }) => (isEntry ? '(() => { const scriptUrl = document.currentScript?.src;' : ''),
    footer: ({ isEntry }) => (isEntry ? '})();' : ''),
  };
}
