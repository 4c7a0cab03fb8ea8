import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

interface Context {
  readonly path: string;
}

/** The part of @web/test-runner's plugin shape that is used here. */
export interface ServePlugin {
  readonly name: string;
  serverStart(args: { config: { rootDir: string } }): void;
  serve(context: Context): Promise<{ body: string | Buffer; type: string } | undefined>;
}

/**
 * Serves each test file as one module with all that it imports: the packages from their sources, CommonJS
 * dependencies (axe-core, chai) made into modules.
 */
export function bundleTests(): ServePlugin {
  let rootDir = process.cwd();
  return {
    name: 'prosa-bundle-tests',
    serverStart({ config }) {
      rootDir = config.rootDir;
    },
    async serve({ path }) {
      // A bundler puts it beside the bundle that names it.
      if (path.endsWith('/sqlite3.wasm')) return { body: await readFile(sqliteWasm(rootDir)), type: 'wasm' };
      if (!path.endsWith('.browser.test.ts')) return undefined;
      const file = join(rootDir, decodeURIComponent(path));
      const result = await build({
        entryPoints: [file],
        outfile: `${file}.js`,
        absWorkingDir: rootDir,
        bundle: true,
        write: false,
        format: 'esm',
        platform: 'browser',
        target: 'es2022',
        mainFields: ['browser', 'module', 'main'],
        conditions: ['@prosa/source', 'browser', 'development'],
        alias: reactOf(file),
        define: { 'process.env.NODE_ENV': '"test"' },
        sourcemap: 'inline',
        logLevel: 'silent',
        tsconfigRaw: { compilerOptions: { useDefineForClassFields: true, verbatimModuleSyntax: true } },
      });
      return { body: result.outputFiles[0]?.text ?? '', type: 'js' };
    },
  };
}

/** `react-18.browser.test.ts` runs on the packages `react-18` and `react-dom-18` of its package. */
function reactOf(file: string): Record<string, string> {
  const major = /\breact-(\d+)\.browser\.test\.ts$/.exec(file)?.[1];
  if (!major) return {};
  const modules = join(dirname(file), '..', 'node_modules');
  return { react: join(modules, `react-${major}`), 'react-dom': join(modules, `react-dom-${major}`) };
}

/** Of the package that runs the gateway in a browser. */
function sqliteWasm(rootDir: string): string {
  return createRequire(join(rootDir, 'packages', 'gateway', 'package.json')).resolve(
    '@sqlite.org/sqlite-wasm/sqlite3.wasm',
  );
}
