import * as z from 'zod/mini';

/** One page of a list. `nextCursor` is opaque; `null` when there is no more. */
export function pageSchema<Item extends z.ZodMiniType>(item: Item) {
  return z.object({ data: z.array(item), nextCursor: z.nullable(z.string()) });
}

/** A part of a list. `nextCursor` is the `cursor` of the next page; `null` on the last one. */
export interface Page<Item> {
  readonly data: readonly Item[];
  readonly nextCursor: string | null;
  /** Messages only: leads to newer ones, where the page began in the middle of the conversation. */
  readonly previousCursor?: string | null | undefined;
}

/** What every list takes. */
export const pageQuery = {
  cursor: z.optional(z.string().check(z.maxLength(500))),
  /** Items a page. */
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 30),
};
