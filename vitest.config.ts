import { defineConfig, defineProject } from 'vitest/config';

const conditions = ['@prosa/source', 'module', 'node'];

/** Tests run on the sources: the packages' `@prosa/source` condition, so nothing is built first. */
function project(name: string, include: string[], globalSetup: string[] = []) {
  return defineProject({
    resolve: { conditions },
    ssr: { resolve: { conditions, externalConditions: ['@prosa/source'] } },
    test: {
      name,
      include,
      exclude: ['**/node_modules/**', '**/dist/**', '**/*.browser.test.ts'],
      environment: 'node',
      globalSetup,
      testTimeout: 30_000,
      // What has to happen is waited for as long as a busy machine may take.
      expect: { poll: { timeout: 20_000 } },
      hookTimeout: 60_000,
      restoreMocks: true,
    },
  });
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project('unit', [
        'packages/!(gateway)/src/**/*.test.ts',
        'tooling/*/src/**/*.test.ts',
        'examples/*/src/**/*.test.ts',
      ]),
      project('gateway', ['packages/gateway/src/**/*.test.ts'], ['./tooling/postgres/src/vitest.ts']),
    ],
  },
});
