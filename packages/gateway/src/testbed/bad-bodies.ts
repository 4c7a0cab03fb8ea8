import * as z from 'zod/mini';

/** A body with one thing wrong, made from one that is right. */
export interface BadBody {
  readonly what: string;
  readonly body: unknown;
  /** The field that a refusal has to name: `body.to.agentId`. */
  readonly path: string;
}

/** As much of JSON Schema as the contract's bodies come to. */
interface JsonSchema {
  readonly type?: string;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

type Replace = (bad: unknown) => unknown;
type Fields = Readonly<Record<string, unknown>>;

/** One value of each type that JSON has. */
const oneOfEach = { string: 'texto', number: 7.5, boolean: true, null: null, array: [], object: {} } as const;

/**
 * Everything that the schema of a body says must not be, each in turn: missing and unknown fields, wrong types, unknown
 * words, too long, too many, too small, control characters.
 *
 * @param valid as full as possible: what is in a field that it leaves out is tried less deeply
 */
export function badBodies(schema: z.ZodMiniType, valid: unknown): BadBody[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return badValues(json, valid, 'body', (bad) => bad);
}

/** Fields of the schema that anybody could fill without end: texts and lists that say nothing of their size. */
export function boundlessFields(schema: z.ZodMiniType): string[] {
  return boundless(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema, 'body');
}

function badValues(schema: JsonSchema, valid: unknown, path: string, replace: Replace): BadBody[] {
  const forms = formsOf(schema);
  const types = new Set(forms.map(typeOf));
  const bad = (what: string, value: unknown, field = path): BadBody => ({ what, path: field, body: replace(value) });
  const wrongTypes = Object.entries(oneOfEach)
    .filter(([type]) => !types.has(type) && !(type === 'number' && types.has('integer')))
    .map(([type, value]) => bad(`${type} instead of ${[...types].join(' or ')}`, value));
  const form = forms.find((one) => fits(one, valid)) ?? forms.find((one) => typeOf(one) !== 'null');
  if (!form) return wrongTypes;
  switch (typeOf(form)) {
    case 'object':
      return [...wrongTypes, ...badObjects(form, valid, path, replace, forms.length > 1)];
    case 'array':
      return [...wrongTypes, ...badArrays(form, valid, path, replace)];
    case 'string':
      return [...wrongTypes, ...badStrings(form).map(([what, value]) => bad(what, value))];
    case 'number':
    case 'integer':
      return [...wrongTypes, ...badNumbers(form).map(([what, value]) => bad(what, value))];
    default:
      return wrongTypes;
  }
}

function badObjects(
  schema: JsonSchema,
  valid: unknown,
  path: string,
  replace: Replace,
  isOneOfSeveral: boolean,
): BadBody[] {
  const fields = isFields(valid) ? valid : null;
  if (!fields) return [];
  const { properties = {}, required = [], additionalProperties: values } = schema;
  const inside = (name: string, value: JsonSchema) =>
    badValues(value, fields[name], `${path}.${name}`, (bad) => replace({ ...fields, [name]: bad }));
  if (typeof values === 'object') return Object.keys(fields).flatMap((name) => inside(name, values));
  return [
    { what: 'an unknown field', path: `${path}.surpresa`, body: replace({ ...fields, surpresa: 1 }) },
    ...required.map((name) => {
      const others = Object.entries(fields).filter(([key]) => key !== name);
      // With nothing left that tells its forms apart, it is the whole that lacks something.
      const isAnyForm = isOneOfSeveral && others.length === 0;
      return {
        what: `without ${name}`,
        path: isAnyForm ? path : `${path}.${name}`,
        body: replace(Object.fromEntries(others)),
      };
    }),
    ...Object.entries(properties).flatMap(([name, property]) => inside(name, property)),
  ];
}

function badArrays(schema: JsonSchema, valid: unknown, path: string, replace: Replace): BadBody[] {
  const items = Array.isArray(valid) ? (valid as unknown[]) : [];
  const [first, ...others] = items;
  const { items: item, minItems = 0, maxItems } = schema;
  return [
    ...(minItems > 0 ? [{ what: 'an empty list', path, body: replace([]) }] : []),
    ...(maxItems === undefined || first === undefined
      ? []
      : [{ what: 'a list that is too long', path, body: replace(Array<unknown>(maxItems + 1).fill(first)) }]),
    ...(item && first !== undefined ? badValues(item, first, `${path}.0`, (bad) => replace([bad, ...others])) : []),
  ];
}

function badStrings(schema: JsonSchema): [string, string][] {
  const { enum: words, const: word, minLength = 0, maxLength, pattern, format } = schema;
  const isClosed = words !== undefined || word !== undefined || pattern?.startsWith('^(') === true;
  const bad: [string, string][] = [
    ['a NUL', 'a\u0000b'],
    ['an escape', 'a\u001b[31mb'],
  ];
  if (isClosed) bad.push(['an unknown word', 'nonsense']);
  if (minLength > 0) bad.push(['an empty text', '']);
  if (pattern !== undefined && /^\^[a-z]{3}_/.test(pattern))
    bad.push(['no id', 'nonsense'], ['an id of another', `xyz_${'0'.repeat(26)}`]);
  if (format !== undefined) bad.push([`no ${format}`, 'nonsense']);
  if (maxLength !== undefined) bad.push(['a text that is too long', 'x'.repeat(maxLength + 1)]);
  return bad;
}

function badNumbers({ type, minimum, maximum }: JsonSchema): [string, number][] {
  return [
    ...(type === 'integer'
      ? ([
          ['a fraction', 1.5],
          ['more than a number can say', 2 ** 53 + 2],
        ] as [string, number][])
      : []),
    ...(minimum === undefined
      ? []
      : ([['too small', minimum - 1], ...(minimum >= 0 ? [['negative', -1]] : [])] as [string, number][])),
    ...(maximum === undefined ? [] : ([['too large', maximum + 1]] as [string, number][])),
  ];
}

function boundless(schema: JsonSchema, path: string): string[] {
  return formsOf(schema).flatMap((form) => {
    switch (typeOf(form)) {
      case 'object':
        return [
          ...Object.entries(form.properties ?? {}).flatMap(([name, one]) => boundless(one, `${path}.${name}`)),
          ...(typeof form.additionalProperties === 'object' ? boundless(form.additionalProperties, `${path}.*`) : []),
        ];
      case 'array':
        return [...(form.maxItems === undefined ? [path] : []), ...boundless(form.items ?? {}, `${path}.0`)];
      case 'string':
        return isBounded(form) ? [] : [path];
      default:
        return [];
    }
  });
}

function isBounded({ enum: words, const: word, maxLength, pattern, format }: JsonSchema): boolean {
  if (words !== undefined || word !== undefined || format === 'date' || format === 'date-time') return true;
  return (
    (maxLength !== undefined && maxLength < 100_000) ||
    (pattern !== undefined && !/[*+]/.test(pattern.replace(/\\.|\[[^\]]*\]/g, '')))
  );
}

function formsOf(schema: JsonSchema): readonly JsonSchema[] {
  const forms = schema.anyOf ?? schema.oneOf;
  return forms ? forms.flatMap(formsOf) : [schema];
}

function typeOf({ type, const: word, enum: words }: JsonSchema): string {
  return type ?? typeof (word ?? words?.[0]);
}

/** Whether it is the form that the value has: of several objects the one that has its fields. */
function fits(form: JsonSchema, value: unknown): boolean {
  const type = typeOf(form);
  if (isFields(value)) {
    if (type !== 'object') return false;
    const { properties = {}, required = [], additionalProperties } = form;
    const knows = (name: string) => name in properties || typeof additionalProperties === 'object';
    return (
      required.every((name) => name in value) &&
      Object.keys(value).every(knows) &&
      Object.entries(properties).every(
        ([name, { const: word }]) => word === undefined || !(name in value) || value[name] === word,
      )
    );
  }
  if (Array.isArray(value)) return type === 'array';
  if (typeof value === 'number') return type === 'number' || type === 'integer';
  return type === (value === null ? 'null' : typeof value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
