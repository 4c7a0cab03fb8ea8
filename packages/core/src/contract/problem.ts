import * as z from 'zod/mini';
import { errorCodes, type ErrorCode } from './error-codes.ts';
import type { DeepReadonly } from './readonly.ts';
import { personSchema } from './fields.ts';

/** One field that was refused. `path` is where in the request: `body.document`, `query.limit`. */
export const fieldProblemSchema = z.object({ path: z.string(), message: z.string() });

/** RFC 9457 problem document: the body of every answer that is not a success (`application/problem+json`). */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.optional(z.string()),
  code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
  /** Also in the answer's `X-Request-Id` header. */
  requestId: z.string(),
  /** With `validation_failed`. */
  errors: z.optional(z.array(fieldProblemSchema)),
  /** With `conversation_taken`, `conversation_not_yours`, `contact_in_conversation`: who has it, `null` for nobody. */
  owner: z.optional(z.nullable(personSchema)),
  /** With `contact_in_conversation`: the open one, where the caller is shown it. */
  conversationId: z.optional(z.string()),
  /** With `rate_limited` and `unavailable`, when known. Also in `Retry-After`. */
  retryAfterSeconds: z.optional(z.number()),
  /** With `document_taken` and `already_linked`: the customer that has it. */
  customerId: z.optional(z.string()),
});

export type Problem = DeepReadonly<z.output<typeof problemSchema>>;
export type FieldProblem = DeepReadonly<z.output<typeof fieldProblemSchema>>;
