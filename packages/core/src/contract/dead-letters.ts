import * as z from 'zod/mini';
import { channelIdSchema, conversationIdSchema, idSchema, messageIdSchema, timeSchema } from './fields.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

export const deadLetterIdSchema = idSchema('job');

/** Work for a channel that was given up: a message that did not go, a file that could not be fetched. */
export const deadLetterSchema = z.object({
  id: deadLetterIdSchema,
  kind: z.enum(['message', 'file']),
  channelId: channelIdSchema,
  conversationId: z.nullable(conversationIdSchema),
  messageId: z.nullable(messageIdSchema),
  attempts: z.int(),
  /** What went wrong each time, oldest first: the channel's code and text. */
  errors: z.array(z.object({ at: timeSchema, error: z.string() })),
  createdAt: timeSchema,
  failedAt: timeSchema,
});

export type DeadLetter = DeepReadonly<z.output<typeof deadLetterSchema>>;

const params = z.object({ deadLetterId: deadLetterIdSchema });

export const deadLetterRoutes = {
  list: route({
    path: paths.deadLetters.list,
    summary: 'What was given up, newest first. What was sent again is no longer there.',
    callers: ['agent', 'api_key'],
    query: z.strictObject(pageQuery),
    response: pageSchema(deadLetterSchema),
    errors: ['cursor_invalid'],
  }),
  redrive: route({
    path: paths.deadLetters.redrive,
    summary:
      'Tries it once more: a message goes as a new one that is linked to it. It is taken from the list, whatever comes of it.',
    callers: ['agent', 'api_key'],
    params,
    response: deadLetterSchema,
    errors: [
      ...commandErrors,
      'not_found',
      'message_not_resendable',
      'conversation_closed',
      'window_closed',
      'template_not_sendable',
      'contact_opted_out',
      'type_not_supported',
    ],
  }),
};
