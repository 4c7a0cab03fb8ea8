import js from '@eslint/js';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import tseslint from 'typescript-eslint';
import { fileName } from './tooling/lint/file-name.mjs';

const tests = ['**/*.test.ts', '**/*.e2e.ts', 'packages/!(gateway)/src/**/testing/**', '**/testbed/**'];

// The arrows between packages, and what must not reach a browser bundle. See the map in AGENTS.md.

const insideOnly = {
  regex: '(^|/)(packages|examples|tooling)/',
  message: 'Import another package by its name; nothing imports an example.',
};
const unsafe = {
  regex: '^lit(-html)?/directives/unsafe-',
  message: 'Message text becomes Lit nodes through the tokenizer, never an HTML string.',
};
const nodeModules = {
  regex:
    '^(node:|(assert|buffer|child_process|crypto|events|fs|http|https|net|os|path|process|stream|timers|url|util)($|/))',
  message: 'node: modules belong in src/node or in a test.',
};
const nodeLibraries = {
  regex: '^(pg|@hono/node-server|file:)($|/)',
  message: 'Libraries that need Node belong in src/node.',
};
const schemas = {
  regex: '^(@prosa/core/contract|zod)($|/)',
  allowTypeImports: true,
  message: 'Schemas weigh more than the whole client may: import their types only.',
};
const ownSchemas = {
  regex: '(^|/)contract/(?!paths\\.ts$)',
  allowTypeImports: true,
  message: 'Schemas weigh more than the whole client may: import types, or contract/paths.ts.',
};

/** Bans every package of ours but the named ones. */
function oursOnly(...names) {
  const allowed = names.map((name) => `${name}($|/)`).join('|');
  return {
    regex: names.length > 0 ? `^@prosa/(?!${allowed})` : '^@prosa/',
    message: `Dependencies point one way; from here only ${names.map((name) => `@prosa/${name}`).join(', ') || 'files of this package'}.`,
  };
}

function imports(...patterns) {
  return { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [insideOnly, ...patterns] }] };
}

const noDecorators = { selector: 'Decorator', message: 'Lit without decorators: static override properties.' };
const noInlineStyle = {
  selector: 'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\sstyle\\s*=/]',
  message: 'A strict Content Security Policy forbids inline style; use a class or a custom property set from code.',
};
const noInlineHandler = {
  selector: 'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\son[a-z]+\\s*=/]',
  message: 'A strict Content Security Policy forbids inline handlers; use @event.',
};
const noExportAll = { selector: 'ExportAllDeclaration', message: 'Entries name what they export.' };

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/.cache/**', '**/.prosa/**', 'docs/**', '**/coverage/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [js.configs.recommended, tseslint.configs.strict, tseslint.configs.stylistic],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { prosa: { rules: { 'file-name': fileName } } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-syntax': ['error', noDecorators, noInlineStyle, noInlineHandler],
      'prosa/file-name': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'vitest', name: ['describe', 'it', 'test'] }] },
      ],
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/unified-signatures': 'off',
    },
  },
  {
    files: ['**/index.ts', '**/define.ts'],
    rules: { 'no-restricted-syntax': ['error', noDecorators, noInlineStyle, noInlineHandler, noExportAll] },
  },
  {
    files: [
      'packages/{ui,widget-inbox,widget-webchat}/src/**/*.ts',
      'packages/whatsapp-simulator/src/phone-element/**/*.ts',
      'examples/**/*.ts',
    ],
    plugins: { lit, 'lit-a11y': litA11y },
    rules: {
      ...lit.configs['flat/recommended'].rules,
      'lit/attribute-names': 'off',
      'lit/no-invalid-escape-sequences': 'error',
      'lit/no-legacy-imports': 'error',
      'lit/no-native-attributes': 'error',
      'lit/no-this-assign-in-render': 'error',
      'lit/no-useless-template-literals': 'error',
      'lit/no-value-attribute': 'error',
      'lit/prefer-nothing': 'error',
      'lit/prefer-static-styles': 'error',
      'lit/quoted-expressions': ['error', 'never'],
      ...litA11y.configs.recommended.rules,
    },
  },

  // core: no DOM, no Lit, none of ours. Its client and managers import no schema.
  {
    files: ['packages/core/src/**/*.ts'],
    rules: {
      ...imports(
        oursOnly(),
        nodeModules,
        { regex: '^(lit|@lit)($|/)', message: 'core has no Lit.' },
        ownSchemas,
        schemas,
      ),
      'no-restricted-globals': ['error', 'document', 'window', 'localStorage', 'sessionStorage'],
    },
  },
  {
    files: ['packages/core/src/contract/**/*.ts'],
    rules: imports(oursOnly(), nodeModules, { regex: '^(lit|@lit)($|/)', message: 'core has no Lit.' }),
  },
  { files: ['packages/ui/src/**/*.ts'], rules: imports(oursOnly('core'), nodeModules, unsafe, schemas) },
  {
    files: ['packages/widget-inbox/src/**/*.ts'],
    rules: imports(oursOnly('core', 'ui'), nodeModules, unsafe, schemas),
  },
  {
    files: ['packages/widget-webchat/src/**/*.ts'],
    rules: imports(oursOnly('core', 'ui'), nodeModules, unsafe, schemas),
  },
  {
    files: ['packages/react-bindings/src/**/*.ts'],
    rules: imports(oursOnly('core', 'widget-inbox', 'widget-webchat'), nodeModules, schemas),
  },
  { files: ['packages/gateway/src/**/*.ts'], rules: imports(oursOnly('core'), nodeModules, nodeLibraries) },
  { files: ['packages/gateway/src/node/**/*.ts'], rules: imports(oursOnly('core')) },
  {
    files: ['packages/whatsapp-simulator/src/**/*.ts'],
    rules: imports(oursOnly(), nodeModules, nodeLibraries, unsafe),
  },
  { files: ['packages/whatsapp-simulator/src/node/**/*.ts'], rules: imports(oursOnly()) },

  // Texts of a locale are data, and a test may be as long as what it tells.
  { files: ['**/locales/**', ...tests], rules: { 'max-lines': 'off' } },
  {
    files: tests,
    rules: {
      ...imports(),
      'no-restricted-globals': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  ...['core', 'ui', 'widget-inbox', 'widget-webchat', 'gateway', 'whatsapp-simulator'].map((name) => ({
    // A test may use the helpers for tests, and its package by name; the arrows hold for it too.
    files: [`packages/${name}/src/**/*.test.ts`],
    rules: imports(
      oursOnly(
        ...{
          core: [],
          ui: ['core'],
          'widget-inbox': ['core', 'ui', 'gateway/testing'],
          'widget-webchat': ['core', 'ui', 'gateway/testing'],
          gateway: ['core'],
          'whatsapp-simulator': [],
        }[name],
        name,
        'test-browser',
        'test-postgres',
        'build',
      ),
    ),
  })),
  {
    files: ['packages/react-bindings/src/**/*.test.ts', 'packages/react-bindings/src/testing/**'],
    rules: imports(oursOnly('core', 'widget-inbox', 'widget-webchat', 'react', 'build', 'gateway/testing')),
  },
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.base],
    rules: { 'no-undef': 'off', eqeqeq: ['error', 'always', { null: 'ignore' }] },
  },
);
