import { transform } from 'esbuild';
import type { Plugin, SourceMapInput } from 'rollup';
import { minify } from 'terser';

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
export function finish(shrink: boolean): Plugin {
  return {
    name: 'prosa-finish',
    async renderChunk(code) {
      const { code: defined, map } = await transform(code, {
        target: 'es2022',
        sourcemap: true,
        define: { 'process.env.NODE_ENV': '"production"' },
      });
      if (!shrink) return { code: defined, map };
      // Terser where it counts: what it inlines is some 5 % less to load than with esbuild alone. A third pass inlines
      // more, which is longer once gzipped.
      const result = await minify(defined, {
        module: true,
        ecma: 2020,
        compress: { passes: 2, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false, pure_getters: true },
        format: { comments: false },
        sourceMap: { content: map, asObject: true },
      });
      return { code: result.code ?? defined, map: result.map as SourceMapInput };
    },
  };
}
