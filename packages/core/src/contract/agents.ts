import * as z from 'zod/mini';
import { agentIdSchema, timeSchema, versionSchema } from './fields.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

/** A person who attends. Made on the first call with a token that the host signed. */
export const agentSchema = z.object({
  id: agentIdSchema,
  /** The `sub` of the host's token. */
  externalId: z.string(),
  name: z.string(),
  email: z.nullable(z.string()),
  role: z.enum(['agent', 'supervisor', 'administrator']),
  /** A deactivated agent cannot call anything, and nothing can be transferred to them. */
  active: z.boolean(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  version: versionSchema,
});

export type Agent = DeepReadonly<z.output<typeof agentSchema>>;

const params = z.object({ agentId: agentIdSchema });

export const agentRoutes = {
  list: route({
    path: paths.agents.list,
    summary: 'Agents of the workspace, by name.',
    callers: ['agent', 'api_key'],
    query: z.strictObject({ ...pageQuery, active: z.optional(z.stringbool()) }),
    response: pageSchema(agentSchema),
    errors: ['cursor_invalid'],
  }),
  me: route({
    path: paths.agents.me,
    summary: 'The agent whose token this is.',
    callers: ['agent'],
    response: agentSchema,
    errors: [],
  }),
  get: route({
    path: paths.agents.get,
    summary: 'One agent.',
    callers: ['agent', 'api_key'],
    params,
    response: agentSchema,
    errors: ['not_found'],
  }),
  update: route({
    path: paths.agents.update,
    summary: 'Activates or deactivates an agent. Open streams of a deactivated agent end.',
    callers: ['api_key'],
    params,
    body: z.strictObject({ active: z.boolean() }),
    response: agentSchema,
    errors: [...commandErrors, 'not_found'],
  }),
};
