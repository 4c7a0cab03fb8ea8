import type { ConformanceReport, ConformanceResult } from './run-conformance.ts';

const marks: Readonly<Record<ConformanceResult['outcome'], string>> = { passed: '✓', failed: '✗', skipped: '–' };

/** As a person reads it, by group; what failed says what was expected and what came. */
export function formatReport({ url, results, passed, failed, skipped }: ConformanceReport): string {
  const width = Math.max(...results.map(({ id }) => id.length));
  const groups = [...new Set(results.map(groupOf))];
  const lines = groups.flatMap((group) => [
    group,
    ...results.filter((result) => groupOf(result) === group).flatMap((result) => linesOf(result, width)),
    '',
  ]);
  const counts = [`${passed} passed`, `${failed} failed`, `${skipped} skipped`];
  return [`Conformance of ${url}`, '', ...lines, counts.join(' · ')].join('\n');
}

function linesOf({ id, says, outcome, expected, got, reason }: ConformanceResult, width: number): readonly string[] {
  const indent = ' '.repeat(width + 6);
  return [
    `  ${marks[outcome]} ${id.padEnd(width)}  ${says}`,
    ...(outcome === 'failed' ? [`${indent}expected  ${expected}`, `${indent}got       ${got}`] : []),
    ...(outcome === 'skipped' ? [`${indent}skipped: ${reason}`] : []),
  ];
}

function groupOf({ id }: ConformanceResult): string {
  return id.slice(0, id.indexOf('.'));
}
