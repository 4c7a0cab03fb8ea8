import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { protocolFormatProblem, protocolNumbers } from './protocol-format.ts';

const justAfterMidnightUtc = Date.UTC(2026, 10, 21, 0, 30);
const usual = '{yyyy}{mm}{dd}{nnnnnn}';

describe('protocolFormatProblem', () => {
  it.each([
    usual,
    '{nnnnnnnn}',
    '7{nnnnnnnnnn}',
    '{yy}{mm}{dd}{nn}',
    '{yyyy}{nnnn}',
    '99{yyyy}{mm}{dd}{nnnnnnnnnn}',
    '{nnnnnn}{dd}{mm}{yy}',
  ])('%s is one', (format) => {
    expect(protocolFormatProblem(format)).toBeNull();
  });

  it.each([
    ['', 'must count once'],
    ['{yyyy}{mm}{dd}', 'must count once'],
    ['{nnnn}{nnnn}', 'must count once'],
    ['{yyyy}-{nnnnnn}', 'may have digits'],
    ['{YYYY}{nnnnnn}', 'may have digits'],
    ['{yyyy}{nnnnnnnnnnn}', 'may have digits'],
    ['P{nnnnnnnn}', 'may have digits'],
    ['{nnnnnnnn', 'may have digits'],
    ['{}{nnnnnnnn}', 'may have digits'],
    ['١{nnnnnnnn}', 'may have digits'],
    ['{dd}{nnnnnn}', 'must have {mm} and the year'],
    ['{yyyy}{dd}{nnnnnn}', 'must have {mm} and the year'],
    ['{nnnnnnn}', 'at least 8'],
    ['{yy}{mm}{dd}{n}', 'at least 8'],
    ['12345678901{nnnnnnnnnn}', 'at most 20'],
    ['12345678901{nnn}', 'at most 20'],
    ['1234567{yyyy}{mm}{dd}{n}', 'at most 20'],
  ])('%s is none: %s', (format, problem) => {
    expect(protocolFormatProblem(format)).toContain(problem);
  });
});

describe('protocolNumbers', () => {
  it('carries the date of the workspace, not of the server, and counts within it', () => {
    const inBrazil = protocolNumbers(usual, justAfterMidnightUtc, 'America/Sao_Paulo');
    expect(inBrazil.counter).toBe('protocol:20261120');
    expect(inBrazil.numberOf(42)).toBe('20261120000042');
    const utc = protocolNumbers('{dd}{mm}{yy}7{nn}', justAfterMidnightUtc, 'UTC');
    expect([utc.counter, utc.numberOf(42)]).toEqual(['protocol:20261121', '211126742']);
  });

  it('counts for ever without the day', () => {
    const { counter, numberOf } = protocolNumbers('{yyyy}{nnnn}', justAfterMidnightUtc, 'UTC');
    expect([counter, numberOf(42), numberOf(123456)]).toEqual(['protocol', '20260042', '2026123456']);
  });

  it('gives of each valid format digits that the contract can look up, another one for each count', () => {
    const part = fc.constantFrom(
      '{yyyy}',
      '{yy}',
      '{mm}',
      '{dd}',
      '{n}',
      '{nnnn}',
      '{nnnnnn}',
      '{nnnnnnnnnn}',
      '0',
      '7',
      '123456',
    );
    const format = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(format, fc.nat(999_998), (given, count) => {
        fc.pre(protocolFormatProblem(given) === null);
        const { numberOf } = protocolNumbers(given, justAfterMidnightUtc, 'UTC');
        expect(numberOf(count + 1)).toMatch(/^\d{8,20}$/);
        expect(numberOf(count + 1)).not.toBe(numberOf(count));
      }),
    );
  });
});
