import { basename } from 'node:path';

const vague = new Set(['utils', 'util', 'helpers', 'helper', 'types', 'misc', 'common']);

/** File names are kebab-case and say what is inside. @type {import('eslint').Rule.RuleModule} */
export const fileName = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      Program(node) {
        const [name, ...suffixes] = basename(context.filename).replace(/\.ts$/, '').split('.');
        if (vague.has(name)) context.report({ node, message: `Name the file after its one job, not "${name}".` });
        if ([name, ...suffixes].some((part) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part))) {
          context.report({ node, message: 'File names are kebab-case.' });
        }
      },
    };
  },
};
