import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './lib.mjs';

/**
 * What a run of tests left behind: vitest's JSON, or that of the element tests.
 * @param {string} file
 * @returns {{ passed: number, failed: number, failures: string[], again: string[] }} `failures` and `again` (what passed
 *   only when it was tried a second time) name a test and the first line of what it said.
 */
export function readTestReport(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return 'numTotalTests' in report ? ofVitest(report) : report;
  } catch {
    return { passed: 0, failed: 0, failures: [], again: [] };
  }
}

function ofVitest(report) {
  const failures = [];
  const again = [];
  for (const file of report.testResults) {
    const name = relative(root, file.name);
    const line = (test) => `${name} › ${test.fullName}: ${firstLine(test.failureMessages[0])}`;
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    failures.push(...failed.map(line));
    // A file that could not be loaded has no failed test to show for it.
    if (file.status === 'failed' && failed.length === 0) failures.push(`${name}: ${firstLine(file.message)}`);
    again.push(...file.assertionResults.filter((t) => t.status === 'passed' && t.failureMessages.length > 0).map(line));
  }
  return { passed: report.numPassedTests, failed: failures.length, failures, again };
}

function firstLine(text) {
  return (text ?? '').trim().split('\n', 1)[0].slice(0, 300);
}
