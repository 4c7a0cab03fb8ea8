import { closingFields } from '@prosa/core/contract';
import { describe, expect, it } from 'vitest';
import { missingFields } from './record.ts';

const empty = { customerId: null, subject: null, category: null, notes: null, tags: 0 };
const full = { customerId: 'cus_1', subject: 'Boleto', category: 'Financeiro', notes: 'Segunda via', tags: 1 };

describe('the record of a service', () => {
  it('lacks nothing where nothing is asked for', () => {
    expect(missingFields([], empty)).toEqual([]);
  });

  it('lacks what is asked for and empty, each field once', () => {
    expect(missingFields([...closingFields, 'subject'], empty).map(({ path }) => path)).toEqual([
      'conversation.customer',
      'body.subject',
      'body.category',
      'body.notes',
      'body.tagIds',
    ]);
  });

  it('is complete with all of them, and lacks exactly the one that is missing', () => {
    expect(missingFields(closingFields, full)).toEqual([]);
    for (const [field, without] of [
      ['customer', { customerId: null }],
      ['subject', { subject: null }],
      ['category', { category: null }],
      ['notes', { notes: null }],
      ['tags', { tags: 0 }],
    ] as const) {
      expect(missingFields(closingFields, { ...full, ...without }), field).toHaveLength(1);
      expect(missingFields([field], { ...full, ...without }), field).toHaveLength(1);
    }
  });
});
