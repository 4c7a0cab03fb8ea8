export { buildPackage } from './package.ts';
export { bundlePage, initialSize, type PageFile, type PageOptions } from './page.ts';
