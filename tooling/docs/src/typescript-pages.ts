import { Application } from 'typedoc';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { reference, root } from './paths.ts';

const entryPoints = [
  ['core', 'packages/core/src/index.ts'],
  ['core/webchat', 'packages/core/src/webchat/index.ts'],
  ['core/modular', 'packages/core/src/modular.ts'],
  ['core/headless', 'packages/core/src/headless.ts'],
  ['core/brazil', 'packages/core/src/brazil/index.ts'],
  ['react', 'packages/react-bindings/src/index.ts'],
] as const;

/** Pages for the TypeScript API of core and React, from their docstrings. */
export async function writeTypeScriptPages(): Promise<void> {
  const options = {
    name: 'TypeScript',
    out: join(reference, 'typescript'),
    entryPoints: entryPoints.map(([, file]) => join(root, file)).filter((file) => existsSync(file)),
    basePath: join(root, 'packages'),
    tsconfig: join(root, 'tsconfig.docs.json'),
    plugin: ['typedoc-plugin-markdown', 'typedoc-vitepress-theme'],
    exclude: ['**/*.test.ts'],
    excludePrivate: true,
    excludeExternals: true,
    excludeInternal: true,
    skipErrorChecking: true,
    disableSources: true,
    readme: 'none',
    logLevel: 'Error',
    ...({ docsRoot: join(root, 'docs'), hidePageHeader: true, hideBreadcrumbs: true, useCodeBlocks: true } as object),
  };
  // No configuration file: everything is here.
  const application = await Application.bootstrapWithPlugins(options as object, []);
  const project = await application.convert();
  if (!project) throw new Error('unable to write the TypeScript reference; the sources could not be read');
  // By the names that users import: `core/src` is `@prosa/core`.
  for (const entry of project.children ?? []) {
    entry.name = entry.name.replace(/\/src(\/|$)/, '$1').replace('react-bindings', 'react');
  }
  await application.generateOutputs(project);
}
