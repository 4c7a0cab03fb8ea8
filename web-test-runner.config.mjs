import { chromeLauncher } from '@web/test-runner-chrome';
import { defaultReporter } from '@web/test-runner';
import { testBrowser } from '@prosa/test-browser';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { bundleTests } from './tooling/browser/src/bundle-tests.ts';

const browser = await testBrowser();

/** Leaves the number of passed tests and the names of failed ones in a file, for `npm test` to add up. */
function countReporter(file) {
  return {
    stop({ sessions }) {
      let passed = 0;
      const failures = [];
      const count = (suite, name) => {
        for (const test of suite?.tests ?? []) {
          if (test.skipped) continue;
          if (test.passed) passed++;
          else failures.push(`${name} › ${test.name}: ${test.error?.message ?? ''}`);
        }
        for (const child of suite?.suites ?? []) count(child, `${name} › ${child.name}`);
      };
      for (const session of sessions) {
        const name = relative(process.cwd(), session.testFile);
        count(session.testResults, name);
        // A file that could not be loaded, or that never ended, has no failed test to show for it.
        if (!session.passed && session.errors.length > 0) failures.push(`${name}: ${session.errors[0].message}`);
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify({ passed, failed: failures.length, failures, again: [] }));
    },
  };
}

/**
 * Chromium tells with an error event that observed sizes changed again within one frame, and delivers them in the next.
 * Nothing is lost by it, and whether it happens depends on how busy the machine is.
 */
const ignoreLateSizes = `addEventListener('error', (event) => {
  if (event.message.startsWith('ResizeObserver loop')) event.stopImmediatePropagation();
});`;

const reportFile = process.env.PROSA_TEST_REPORT;

export default {
  files: ['packages/*/src/**/*.browser.test.ts'],
  hostname: '127.0.0.1',
  nodeResolve: false,
  plugins: [bundleTests()],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: browser.executablePath,
        // A microphone that beeps, for what records; a page is never asked whether it may.
        args: [...browser.args, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
        env: browser.env,
        headless: 'shell',
      },
    }),
  ],
  concurrency: 2,
  browserStartTimeout: 120_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  testRunnerHtml: (testFramework) =>
    `<!doctype html><html><body><script>${ignoreLateSizes}</script><script type="module" src="${testFramework}"></script></body></html>`,
  testFramework: { config: { ui: 'bdd', timeout: 15_000 } },
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('dev-mode'),
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: false }),
    ...(reportFile ? [countReporter(reportFile)] : []),
  ],
};
