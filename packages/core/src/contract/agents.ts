import * as z from 'zod/mini';
import { agentIdSchema, personSchema, textSchema, timeSchema, versionSchema } from './fields.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import { permissions, profileIdSchema } from './profiles.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

/** Whether conversations can be given to the agent. */
export const presenceSchema = z.object({
  /** What the agent chose. */
  state: z.enum(['online', 'paused', 'offline']),
  pauseReason: z.nullable(z.string()),
  /** A page of theirs holds a stream. `online` without one lasts as long as the grace period. */
  connected: z.boolean(),
  since: timeSchema,
});

const limit = z.nullable(z.int().check(z.minimum(0), z.maximum(100)));

/** A person who attends. Made on the first call with a token that the host signed. */
export const agentSchema = z.object({
  id: agentIdSchema,
  /** The `sub` of the host's token. */
  externalId: z.string(),
  name: z.string(),
  email: z.nullable(z.string()),
  role: z.enum(['agent', 'supervisor', 'administrator']),
  /** What they may do; `null`: the profile of the role. */
  profile: z.nullable(personSchema),
  /** How many conversations they attend at once; `null`: as queue, workspace and origin say. */
  maxConcurrent: limit,
  presence: presenceSchema,
  /** A deactivated agent cannot call anything, and nothing can be transferred to them. */
  active: z.boolean(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  version: versionSchema,
});

export type Agent = DeepReadonly<z.output<typeof agentSchema>>;
export type Presence = DeepReadonly<z.output<typeof presenceSchema>>;

const params = z.object({ agentId: agentIdSchema });

export const presenceUpdateSchema = z.strictObject({
  state: z.enum(['online', 'paused', 'offline']),
  /** One of the workspace's reasons; for `paused`. */
  pauseReason: z.optional(z.nullable(textSchema(40))),
});

export const agentUpdateSchema = z.strictObject({
  active: z.optional(z.boolean()),
  /** `null`: the profile of the role. */
  profileId: z.optional(z.nullable(profileIdSchema)),
  maxConcurrent: z.optional(limit),
});

/**
 * Whether the agent takes conversations from now on. `pauseReason` is one of `settings.pauseReasons`, and only with
 * `paused`.
 */
export type PresenceUpdate = DeepReadonly<z.input<typeof presenceUpdateSchema>>;
/**
 * What is decided about an agent; what is absent stays. `active: false` shuts them out at once: their open pages,
 * too. `maxConcurrent`: 0 to 100; `null`: as queue and workspace say.
 */
export type AgentUpdate = DeepReadonly<z.input<typeof agentUpdateSchema>>;

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
  permissions: route({
    path: paths.agents.permissions,
    summary: 'What the agent whose token this is may do.',
    callers: ['agent'],
    response: z.object({ permissions: z.array(z.enum(permissions)) }),
    errors: [],
  }),
  presence: route({
    path: paths.agents.presence,
    summary: 'Says whether conversations can be given to the agent whose token this is.',
    callers: ['agent'],
    body: presenceUpdateSchema,
    response: agentSchema,
    errors: commandErrors,
  }),
  pause: route({
    path: paths.agents.pause,
    summary: 'Says it for another agent.',
    callers: ['agent', 'api_key'],
    params,
    body: presenceUpdateSchema,
    response: agentSchema,
    errors: [...commandErrors, 'not_found'],
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
    summary: 'Activates or deactivates an agent, gives a profile or a limit. Streams of a deactivated agent end.',
    callers: ['agent', 'api_key'],
    params,
    body: agentUpdateSchema,
    response: agentSchema,
    errors: [...commandErrors, 'not_found'],
  }),
};
