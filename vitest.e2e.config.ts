import { defineConfig } from 'vitest/config';

const conditions = ['@prosa/source', 'module', 'node'];

/** The demo as a person meets it: its own processes and a real browser, one file after the other. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['@prosa/source'] } },
  test: {
    name: 'e2e',
    include: ['examples/*/e2e/**/*.e2e.ts'],
    environment: 'node',
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 60_000,
    // What has to happen is waited for as long as a busy machine may take.
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 180_000,
  },
});
