export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly format?: string;
  readonly $ref?: string;
  readonly default?: unknown;
  readonly additionalProperties?: JsonSchema | boolean;
}

export interface Field {
  /** `assignee.name`, `data[].id`. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}

/** How deep the fields of a schema are listed: deeper ones are named by their resource's own page. */
const deepest = 2;

/** A schema as a person writes a type. */
export function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return [...new Set(variants.map(typeOf))].join(' | ');
  if (schema.type === 'array') return `${schema.items ? wrap(typeOf(schema.items)) : 'unknown'}[]`;
  if (schema.type === 'object') return nameOf(schema);
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : String(schema.type ?? 'unknown');
  return schema.format === 'date-time' ? 'time' : type;
}

function wrap(type: string): string {
  return type.includes(' | ') ? `(${type})` : type;
}

/** Objects of a union are told apart by their `type` or `name`. */
function nameOf({ properties, additionalProperties }: JsonSchema): string {
  const tag = properties?.['type']?.const ?? properties?.['name']?.const;
  if (tag !== undefined) return `{ ${properties?.['type'] ? 'type' : 'name'}: ${JSON.stringify(tag)}, … }`;
  if (!properties && typeof additionalProperties === 'object') return `record of ${typeOf(additionalProperties)}`;
  return 'object';
}

/** The fields of an object, those of its own objects with a dotted name. Variants of a union one after the other. */
export function fieldsOf(schema: JsonSchema, prefix = '', depth = 0): readonly Field[] {
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants && depth === 0) {
    return variants.flatMap((variant) => fieldsOf(variant, prefix, depth));
  }
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const full = prefix + name;
    const field = { name: full, type: typeOf(property), required: schema.required?.includes(name) ?? false };
    const inner = objectIn(property);
    if (!inner || depth >= deepest - 1) return [field];
    return [field, ...fieldsOf(inner.schema, `${full}${inner.suffix}.`, depth + 1)];
  });
}

function objectIn(schema: JsonSchema): { readonly schema: JsonSchema; readonly suffix: string } | null {
  if (schema.properties) return { schema, suffix: '' };
  if (schema.items?.properties) return { schema: schema.items, suffix: '[]' };
  const objects = (schema.anyOf ?? []).filter(({ properties }) => properties);
  return objects.length === 1 && objects[0] ? { schema: objects[0], suffix: '' } : null;
}
