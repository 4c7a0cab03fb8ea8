export { buildPackage } from './package.ts';
export { bundlePage, initialSize, type PageFile, type PageOptions } from './page.ts';
export { bundlePageScript } from './page-script.ts';
