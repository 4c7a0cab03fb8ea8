import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
export const docs = join(root, 'docs');
/** Pages that are made from the code. Not in git. */
export const reference = join(docs, 'reference');
/** The folder with VitePress's configuration. */
export const site = join(root, 'tooling', 'docs');
/** What is between the code and the pages. */
export const cache = join(root, '.cache', 'docs');
