import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstall, main, pnpm, root, runSource, say, tool } from './lib.mjs';
import { readTestReport } from './test-report.mjs';

// Every check, each also when an earlier one failed. The last line is `N passed, N failed`.

const reports = join(root, '.cache', 'test');
const corpus = 'examples/demo/corpus';

/** A check counts as one; a run of tests counts its tests, and as one failure when it ran none. */
const steps = [
  { name: 'format', run: () => tool('prettier', ['--check', '--log-level', 'warn', '.']) },
  { name: 'lint', run: () => tool('node', ['tooling/run/lint.mjs']) },
  { name: 'typecheck', run: () => tool('node', ['tooling/run/typecheck.mjs']) },
  { name: 'build', run: () => pnpm(['--filter', './packages/*', '--workspace-concurrency=2', 'run', 'build']) },
  { name: 'pack', run: () => tool('node', ['tooling/run/pack.mjs', '--built']) },
  { name: 'sizes', run: () => runSource('bench/sizes.ts') },
  { name: 'unit tests', report: 'unit.json', run: (file) => vitest(file) },
  {
    name: 'element tests',
    report: 'elements.json',
    run: (file) => tool('web-test-runner', [], { env: { PROSA_TEST_REPORT: file } }),
  },
  { name: 'end-to-end tests', report: 'e2e.json', run: (file) => vitest(file, '--config', 'vitest.e2e.config.ts') },
  { name: 'docs', run: () => runSource('tooling/docs/src/build.ts', ['--build']) },
  { name: 'corpus', skip: !existsSync(join(root, corpus)), run: () => replay() },
];

function vitest(file, ...args) {
  // A busy machine may fail a test of processes and browsers once; what passes only then is named at the end.
  return tool('vitest', [
    'run',
    ...args,
    '--retry=1',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
}

function replay() {
  return runSource('examples/demo/src/corpus.ts', [], { env: { WHATSAPP_CORPUS: join(root, corpus) } });
}

/** What a step adds to the sum, given its exit code. */
function score(step, code) {
  if (!step.report) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, failures: [], again: [] };
  const report = readTestReport(join(reports, step.report));
  const silent = report.failed === 0 && (code !== 0 || report.passed === 0);
  return silent ? { ...report, failed: 1, failures: [`ended with code ${code}`] } : report;
}

await main(async () => {
  await ensureInstall('full');
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const results = [];
  let interrupted = false;
  process.on('SIGINT', () => (interrupted = true));
  process.on('SIGTERM', () => (interrupted = true));

  for (const step of steps) {
    if (step.skip || interrupted) continue;
    say(`${step.name} …`);
    const code = await step.run(step.report && join(reports, step.report));
    results.push({ name: step.name, ...score(step, code) });
  }
  if (interrupted) results.push({ name: 'interrupted', passed: 0, failed: 1 });

  console.log('');
  for (const { name, passed, failed, failures = [], again = [] } of results) {
    say(`${failed === 0 ? 'ok    ' : 'FAILED'} ${name}: ${passed} passed, ${failed} failed`);
    for (const failure of failures) console.log(`           failed: ${failure}`);
    for (const test of again) console.log(`           passed at the second try: ${test}`);
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
