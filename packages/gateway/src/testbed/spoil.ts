import * as fc from 'fast-check';
import { pathsOf, replaced, type Path } from './every-kind.ts';

/** One thing that is done to a JSON value somewhere in it; `at` says where, from its first place to its last. */
export interface Damage {
  readonly at: number;
  readonly how: How;
}

type How =
  | { readonly kind: 'replace'; readonly by: unknown }
  | { readonly kind: 'remove' | 'repeat' | 'wrap' | 'text' | 'number' | 'capitals' | 'camel' | 'empty' | 'lone' }
  | { readonly kind: 'add'; readonly name: string; readonly value: unknown };

const values = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, '', '\0', '\ud800', ' ', 0, -1, 1e308, '9'.repeat(400), {}, [], [null], [[]], true),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constant('é'.repeat(3000)),
);
const names = fc.constantFrom(
  'type',
  'id',
  'errors',
  'group_id',
  'from',
  '__proto__',
  'constructor',
  'toJSON',
  'of_the_future',
);

/** What can be done to a webhook so that it is still a webhook, more or less. */
export const spoilers: fc.Arbitrary<Damage> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  how: fc.oneof(
    fc.record({ kind: fc.constant('replace' as const), by: values }),
    fc.record({
      kind: fc.constantFrom('remove', 'repeat', 'wrap', 'text', 'number', 'capitals', 'camel', 'empty', 'lone'),
    }) as fc.Arbitrary<How>,
    fc.record({ kind: fc.constant('add' as const), name: names, value: values }),
  ),
});

/** A copy with that done to it. */
export function spoilt(json: unknown, { at, how }: Damage): unknown {
  const paths = pathsOf(json);
  const path = paths[Math.min(paths.length - 1, Math.floor(at * paths.length))] ?? [];
  const value = path.reduce<unknown>((part, key) => (part as Record<string, unknown>)[String(key)], json);
  return how.kind === 'remove' ? without(json, path) : replaced(json, path, changed(value, how));
}

function changed(value: unknown, how: How): unknown {
  switch (how.kind) {
    case 'replace':
      return how.by;
    case 'repeat':
      return Array.isArray(value) ? [...(value as unknown[]), ...(value as unknown[])] : [value, value];
    case 'wrap':
      return { value };
    case 'text':
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    case 'number':
      return Number(value);
    case 'capitals':
      return typeof value === 'string' ? value.toUpperCase() : value;
    case 'camel':
      return renamed(value);
    case 'empty':
      return Array.isArray(value) ? [] : typeof value === 'string' ? '' : {};
    case 'lone':
      return Array.isArray(value) ? (value as unknown[])[0] : [value];
    case 'remove':
      return null;
    case 'add':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries([...Object.entries(value), [how.name, how.value]])
        : value;
  }
}

/** `phone_number_id` as `phoneNumberId`. */
function renamed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [camel(name), part as unknown]));
}

function without(json: unknown, path: Path): unknown {
  const [last] = path.slice(-1);
  if (last === undefined) return null;
  const copy = structuredClone(json);
  const parent = path.slice(0, -1).reduce<unknown>((part, key) => (part as Record<string, unknown>)[String(key)], copy);
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete (parent as Record<string, unknown>)[String(last)];
  return copy;
}
