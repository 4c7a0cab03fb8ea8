import { describe, expect, it } from 'vitest';
import { templateUseSchema } from './hsm.ts';
import { interactiveSendSchema } from './interactive-send.ts';
import { jsonDataSchema } from './json-data.ts';

const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown;
const schema = jsonDataSchema(100);
const messages = (value: unknown) => schema.safeParse(value).error?.issues.map(({ message }) => message) ?? [];

describe('data that is handed over as it is', () => {
  it('may be anything of JSON', () => {
    for (const data of [{}, { a: null, b: [1, 'x', { c: true }] }, { a: nested(20) }])
      expect(messages(data)).toEqual([]);
  });

  it('is refused, and nothing more, when it is nested deeper than anybody nests it', () => {
    for (const levels of [21, 100_000])
      expect(messages({ a: nested(levels) })).toEqual(['must have at most 20 levels']);
  });

  it('has so many characters and no more', () => {
    expect(messages({ a: 'x'.repeat(92) })).toEqual([]);
    expect(messages({ a: 'x'.repeat(93) })).toEqual(['must have at most 100 characters as JSON']);
    expect(messages(Object.fromEntries(Array.from({ length: 50 }, (_, key) => [key, key])))).toHaveLength(1);
  });
});

const templateId = `hsm_${'0'.repeat(26)}`;

it.each([
  ['the form of a template', templateUseSchema, (data: object) => ({ templateId, flows: { 0: { data } } }), 8000],
  [
    'a form',
    interactiveSendSchema,
    (data: object) => ({ kind: 'flow', text: 'Abra', label: 'Abrir', flowId: '1', data }),
    8000,
  ],
  [
    'an order',
    interactiveSendSchema,
    (parameters: object) => ({ kind: 'order_details', text: 'Pague', parameters }),
    100_000,
  ],
  [
    'its news',
    interactiveSendSchema,
    (parameters: object) => ({ kind: 'order_status', text: 'Pago', parameters }),
    100_000,
  ],
] as const)('%s has data within limits', (_name, of, valueOf, longest) => {
  const accepts = (data: object) => of.safeParse(valueOf(data)).success;
  expect(accepts({ a: 'x'.repeat(longest - 8) })).toBe(true);
  expect(accepts({ a: 'x'.repeat(longest) })).toBe(false);
  expect(accepts({ a: nested(100_000) })).toBe(false);
});
