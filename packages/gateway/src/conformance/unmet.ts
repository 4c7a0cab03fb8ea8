/** A backend did something else than the contract says. */
export class Unmet extends Error {
  override readonly name = 'Unmet';
  readonly expected: string;
  readonly got: string;

  constructor(expected: string, got: string) {
    super(`expected ${expected}; got ${got}`);
    this.expected = expected;
    this.got = got;
  }
}

/** @throws Unmet unless it holds */
export function expectThat(holds: boolean, expected: string, got: unknown): asserts holds {
  if (!holds) throw new Unmet(expected, shown(got));
}

/** @throws Unmet unless both are the same as JSON */
export function expectSame(got: unknown, expected: unknown, what: string): void {
  expectThat(JSON.stringify(got) === JSON.stringify(expected), `${what} ${shown(expected)}`, got);
}

/** As a line of a report. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
