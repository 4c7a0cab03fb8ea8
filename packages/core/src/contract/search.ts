import * as z from 'zod/mini';
import { conversationSchema, conversationStatuses } from './conversations.ts';
import { agentIdSchema, messageIdSchema, queueIdSchema } from './fields.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { route } from './route.ts';
import { tagIdSchema } from './tags.ts';

/** What was found, and why. */
export const searchHitSchema = z.object({
  conversation: conversationSchema,
  /** What matched. */
  matched: z.enum(['name', 'phone', 'document', 'protocol', 'message']),
  /** The message to jump to; `null` unless a message matched. */
  messageId: z.nullable(messageIdSchema),
  /** The words around the match, as plain text; `null` unless a message matched. */
  excerpt: z.nullable(z.string()),
});

export type SearchHit = DeepReadonly<z.output<typeof searchHitSchema>>;

export const searchQuery = z.strictObject({
  ...pageQuery,
  /** A name, a phone in any form, CPF or CNPJ, a protocol, or words of a message. Accents do not matter. */
  q: z.string().check(z.trim(), z.minLength(2, 'must have at least 2 characters'), z.maxLength(200)),
  status: z.optional(z.enum(conversationStatuses)),
  queueId: z.optional(queueIdSchema),
  agentId: z.optional(agentIdSchema),
  tagId: z.optional(tagIdSchema),
  origin: z.optional(z.enum(['whatsapp', 'webchat'])),
  /** Something went on in it from here on, and it had begun by `to`. */
  from: z.optional(z.iso.datetime({ offset: true })),
  to: z.optional(z.iso.datetime({ offset: true })),
});

export const searchRoutes = {
  conversations: route({
    path: paths.search.conversations,
    summary: 'Conversations by name, phone, CPF or CNPJ, protocol or words of their messages, newest first.',
    callers: ['agent', 'api_key'],
    query: searchQuery,
    response: pageSchema(searchHitSchema),
    errors: ['cursor_invalid'],
  }),
};
