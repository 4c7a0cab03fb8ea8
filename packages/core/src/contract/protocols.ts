import * as z from 'zod/mini';
import { conversationSchema } from './conversations.ts';
import { timeSchema } from './fields.ts';
import { messageSchema } from './messages.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { route } from './route.ts';

/** The number that identifies a service to the customer. Unique in the workspace, assigned once, never reused. */
export const protocolSchema = z.object({
  number: z.string(),
  conversation: conversationSchema,
  /** Until when the history is kept at least; `null` while the service goes on. */
  retainedUntil: z.nullable(timeSchema),
  createdAt: timeSchema,
});

/** The history of a service as its customer may have it: what was said, nothing internal. */
export const protocolExportSchema = z.object({
  number: z.string(),
  origin: z.string(),
  openedAt: timeSchema,
  closedAt: z.nullable(timeSchema),
  outcome: z.nullable(z.string()),
  messages: z.array(
    z.object({
      at: timeSchema,
      author: z.enum(['customer', 'team', 'system']),
      name: z.nullable(z.string()),
      text: z.nullable(z.string()),
      fileName: z.nullable(z.string()),
    }),
  ),
});

export type ProtocolExport = DeepReadonly<z.output<typeof protocolExportSchema>>;
export type Protocol = DeepReadonly<z.output<typeof protocolSchema>>;

const params = z.object({ number: z.string().check(z.regex(/^\d{8,20}$/, 'must be the digits of a protocol number')) });

export const protocolRoutes = {
  get: route({
    path: paths.protocols.get,
    summary: 'A protocol by its number, with its conversation.',
    callers: ['agent', 'api_key'],
    params,
    response: protocolSchema,
    errors: ['not_found'],
  }),
  history: route({
    path: paths.protocols.history,
    summary: 'What happened in the service of a protocol: messages and events, oldest first.',
    callers: ['agent', 'api_key'],
    params,
    query: z.strictObject(pageQuery),
    response: pageSchema(messageSchema),
    errors: ['not_found', 'cursor_invalid'],
  }),
  export: route({
    path: paths.protocols.export,
    summary: 'The history of a service as its customer may have it (Decreto 11.034/2022, art. 12).',
    callers: ['agent', 'api_key'],
    params,
    response: protocolExportSchema,
    errors: ['not_found'],
  }),
};
