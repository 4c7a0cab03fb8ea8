import type { ClosingField } from '@prosa/core/contract';

/** What is known about a service when it is to be closed. */
export interface ServiceRecord {
  readonly customerId: string | null;
  readonly subject: string | null;
  readonly category: string | null;
  readonly notes: string | null;
  readonly tags: number;
}

/** Where each field is filled in, as problem documents name places. The customer is linked, not written here. */
const paths: Readonly<Record<ClosingField, string>> = {
  customer: 'conversation.customer',
  subject: 'body.subject',
  category: 'body.category',
  notes: 'body.notes',
  tags: 'body.tagIds',
};

/** The required fields that are empty, in the order in which the queue names them, each once. */
export function missingFields(
  required: readonly ClosingField[],
  { customerId, tags, ...texts }: ServiceRecord,
): { readonly path: string; readonly message: string }[] {
  const isThere = (field: ClosingField): boolean => {
    if (field === 'customer') return customerId !== null;
    return field === 'tags' ? tags > 0 : texts[field] !== null;
  };
  return [...new Set(required)]
    .filter((field) => !isThere(field))
    .map((field) => ({
      path: paths[field],
      message: field === 'customer' ? 'no customer is linked, and the queue asks for one' : 'the queue asks for it',
    }));
}
