import { transform } from 'esbuild';
import type { Plugin } from 'rollup';

const tsconfigRaw = {
  compilerOptions: { target: 'es2022', useDefineForClassFields: true, verbatimModuleSyntax: true },
};

/** Strips the types of `.ts` modules, and makes calls of JSX. Types are checked elsewhere. */
export function stripTypes(): Plugin {
  return {
    name: 'prosa-strip-types',
    async transform(code, id) {
      if (!/\.tsx?$/.test(id)) return null;
      const result = await transform(code, {
        loader: id.endsWith('x') ? 'tsx' : 'ts',
        jsx: 'automatic',
        target: 'es2022',
        sourcemap: true,
        sourcefile: id,
        tsconfigRaw,
      });
      return { code: result.code, map: result.map };
    },
  };
}

/** Sets `NODE_ENV` to production in each finished chunk, and minifies it when asked to. */
export function finish(minify: boolean): Plugin {
  return {
    name: 'prosa-finish',
    async renderChunk(code) {
      const result = await transform(code, {
        minify,
        target: 'es2022',
        sourcemap: true,
        legalComments: 'none',
        define: { 'process.env.NODE_ENV': '"production"' },
      });
      return { code: result.code, map: result.map };
    },
  };
}
