import type { FieldProblem } from '@prosa/core/contract';
import type * as z from 'zod/mini';
import { notFound, refuse } from '../domain/problems.ts';

type Place = 'body' | 'query';

/** What the schema makes of the value; every field that is wrong is named in the refusal. */
export function validate<Schema extends z.ZodMiniType>(schema: Schema, value: unknown, place: Place): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  refuse('validation_failed', { errors: result.error.issues.flatMap((issue) => fieldProblems(issue, [place])) });
}

/** An id that cannot exist is an address where nothing is. */
export function validateParams<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  return result.success ? result.data : notFound('resource');
}

function fieldProblems(issue: z.core.$ZodIssue, parent: readonly PropertyKey[]): FieldProblem[] {
  const keys = [...parent, ...issue.path];
  const path = keys.join('.');
  if (issue.code === 'invalid_union') {
    const meant = problemsOfMeantForm(issue.errors.map((issues) => issues.flatMap((one) => fieldProblems(one, keys))));
    if (meant) return meant;
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: `${path}.${key}`, message: 'is not a known field' }));
  }
  return [{ path, message: messageOf(issue) }];
}

/** Of several forms the one that has the fewest problems is what was meant, unless there are two such. */
function problemsOfMeantForm(forms: readonly FieldProblem[][]): FieldProblem[] | null {
  const [best, second] = forms.toSorted((a, b) => a.length - b.length);
  return best && second && best.length < second.length ? best : null;
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.message !== 'Invalid input') return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${issue.expected === 'object' ? 'an object' : `a ${issue.expected}`}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return 'errors' in issue && issue.errors.length === 0
        ? 'must be a known type'
        : 'matches none of the accepted forms';
    case 'too_big':
      return limitOf(issue.origin, 'at most', issue.maximum);
    case 'too_small':
      return limitOf(issue.origin, 'at least', issue.minimum);
    default:
      return 'is not valid';
  }
}

function limitOf(origin: string, limit: 'at most' | 'at least', count: number | bigint): string {
  if (origin === 'string') return `must have ${limit} ${count} characters`;
  return origin === 'array' || origin === 'set' ? `must have ${limit} ${count} entries` : `must be ${limit} ${count}`;
}
