import { isObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { invalidParameter, invalidValue, missingParameter } from './refusal.ts';

/** The object under `key`, or Meta's answer that it is mandatory. */
export function requireObject(parent: JsonObject, key: string, path: string = key): JsonObject {
  const value = parent[key];
  if (value === undefined || value === null) throw missingParameter(`Parameter '${path}' is mandatory`);
  if (!isObject(value)) throw invalidParameter(`Param ${path} must be a JSON object.`);
  return value;
}

export function requireArray(parent: JsonObject, key: string, path: string = key): readonly unknown[] {
  const value = parent[key];
  if (value === undefined || value === null) throw missingParameter(`Parameter '${path}' is mandatory`);
  if (!Array.isArray(value)) throw invalidParameter(`Param ${path} must be an array.`);
  return value;
}

export interface TextLimits {
  readonly max: number;
  /** How Meta names the parameter in its answer. */
  readonly name: string;
}

/** Non-empty text within a limit. Lengths are counted in characters as a person sees code points. */
export function requireText(parent: JsonObject, key: string, limits: TextLimits): string {
  const value = parent[key];
  if (value === undefined || value === null) throw missingParameter(`Parameter '${limits.name}' is mandatory`);
  if (typeof value !== 'string') throw invalidParameter(`Param ${limits.name} must be a string.`);
  const length = [...value].length;
  if (length < 1 || length > limits.max || value.trim() === '') {
    throw invalidValue(`${limits.name} invalid length. Min length: 1, Max length: ${limits.max}`);
  }
  return value;
}

export function optionalText(parent: JsonObject, key: string, limits: TextLimits): string | undefined {
  const value = parent[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalidParameter(`Param ${limits.name} must be a string.`);
  if ([...value].length > limits.max) {
    throw invalidParameter(`Param ${limits.name} must be at most ${limits.max} characters long.`);
  }
  return value;
}

/** A member that is there or is left out, for spreading. */
export function given<K extends string, V>(key: K, value: V | undefined): Readonly<Partial<Record<K, V>>> {
  return (value === undefined ? {} : { [key]: value }) as Readonly<Partial<Record<K, V>>>;
}

/** The object under `key`, or undefined when there is none. */
export function optionalObject(parent: JsonObject, key: string, path: string = key): JsonObject | undefined {
  return parent[key] === undefined || parent[key] === null ? undefined : requireObject(parent, key, path);
}

/** Each element as an object. */
export function requireObjects(parent: JsonObject, key: string, path: string = key): readonly JsonObject[] {
  return requireArray(parent, key, path).map((each, index) => {
    if (!isObject(each)) throw invalidParameter(`Param ${path}[${index}] must be a JSON object.`);
    return each;
  });
}

/** A word of a fixed set, in any case. */
export function requireOneOf<T extends string>(value: unknown, allowed: readonly T[], name: string): T {
  if (value === undefined || value === null) throw missingParameter(`Parameter '${name}' is mandatory`);
  const found = allowed.find((each) => each === String(value).toLowerCase());
  if (found !== undefined) return found;
  const list = allowed.map((each) => each.toUpperCase()).join(', ');
  throw invalidParameter(`Param ${name} must be one of {${list}} - got "${String(value)}".`);
}
