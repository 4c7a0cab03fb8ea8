import type { Plugin } from 'rollup';
import * as plugin from '@rollup/plugin-commonjs';

// The plugin's types describe a CommonJS module, its code is an ES module: the compiler and Node see another default.
export const commonjs = plugin.default as unknown as () => Plugin;
