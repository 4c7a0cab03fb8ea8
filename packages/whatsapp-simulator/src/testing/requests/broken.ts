import type { JsonObject } from '../../json.ts';
import { isObject } from '../../json.ts';
import type { Rule } from './rules.ts';

export type Damage = 'missing' | 'too long' | 'wrong type';

/** One copy of a body with one thing wrong with it. */
export interface BrokenCopy {
  readonly damage: Damage;
  /** Such as `interactive.action.buttons.0.reply.title`. */
  readonly path: string;
  readonly body: JsonObject;
  readonly code: number;
}

type Path = readonly (number | string)[];

function places(value: unknown, names: readonly string[], path: Path): readonly Path[] {
  const [name, ...rest] = names;
  if (name === undefined) return [path];
  if (name === '*') {
    return Array.isArray(value) ? value.flatMap((each, index) => places(each, rest, [...path, index])) : [];
  }
  if (!isObject(value)) return [];
  return name.split('|').flatMap((key) => (value[key] === undefined ? [] : places(value[key], rest, [...path, key])));
}

function read(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Readonly<Record<number | string, unknown>>)[key], value);
}

const gone = Symbol('gone');

function changed(value: unknown, path: Path, next: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (index === key ? changed(each, rest, next) : each));
  const object = value as JsonObject;
  if (rest.length === 0 && next === gone) {
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
  }
  return { ...object, [key]: changed(object[key], rest, next) };
}

/** Every copy that the rules can make of a body. */
export function brokenCopies(body: JsonObject, rules: readonly Rule[]): readonly BrokenCopy[] {
  return rules.flatMap((rule) =>
    places(body, rule.at.split('.'), []).flatMap((path) => {
      const parent = read(body, path.slice(0, -1)) as JsonObject;
      if (rule.where && !rule.where(parent)) return [];
      const old = read(body, path);
      const copy = (damage: Damage, next: unknown, code: number): BrokenCopy => ({
        damage,
        path: path.join('.'),
        body: changed(body, path, next) as JsonObject,
        code,
      });
      const other: unknown = typeof old === 'object' ? 7 : { inesperado: true };
      return [
        ...(rule.missing === undefined ? [] : [copy('missing', gone, rule.missing)]),
        ...(rule.max && typeof old === 'string' ? [copy('too long', 'x'.repeat(rule.max[0] + 1), rule.max[1])] : []),
        ...(rule.wrong === undefined ? [] : [copy('wrong type', other, rule.wrong)]),
      ];
    }),
  );
}
