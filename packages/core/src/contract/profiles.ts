import * as z from 'zod/mini';
import { idSchema, textSchema, timeSchema, versionSchema } from './fields.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

export const profileIdSchema = idSchema('prf');

/**
 * What a profile can allow: one per verb per register (Citrus: Perfil de acesso). `_others`: on conversations of other
 * agents.
 */
export const permissions = [
  'conversations.view_own_queues',
  'conversations.view_all',
  'conversations.peek',
  'conversations.accept',
  'conversations.start',
  'conversations.transfer',
  'conversations.transfer_others',
  'conversations.invite',
  'conversations.close',
  'conversations.close_others',
  'conversations.discard',
  'conversations.reopen',
  'conversations.convert',
  'conversations.tag',
  'customers.view',
  'customers.create',
  'customers.edit',
  'customers.link',
  'queues.view',
  'queues.create',
  'queues.edit',
  'agents.view',
  'agents.edit',
  'agents.pause_others',
  'profiles.view',
  'profiles.create',
  'profiles.edit',
  'profiles.delete',
  'tags.view',
  'tags.create',
  'tags.edit',
  'tags.delete',
  'settings.view',
  'settings.edit',
  'hsm.view',
  'hsm.create',
  'hsm.edit',
  'hsm.delete',
  'dispatches.view',
  'dispatches.create',
  'dispatches.cancel',
  'surveys.view',
  'surveys.create',
  'surveys.edit',
  'surveys.send',
  'surveys.results',
  'protocols.view',
  'channels.view',
  'channels.create',
  'channels.edit',
  'channels.delete',
  'dead_letters.view',
  'dead_letters.redrive',
  'search.use',
] as const;

/** A named set of permissions that agents are given. Three are there from the start, one for each role. */
export const profileSchema = z.object({
  id: profileIdSchema,
  name: z.string(),
  permissions: z.array(z.enum(permissions)),
  /** The profile of agents with this role who were given no other; `null`: one of your own. */
  role: z.nullable(z.enum(['agent', 'supervisor', 'administrator'])),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  version: versionSchema,
});

export type Permission = (typeof permissions)[number];
export type Profile = DeepReadonly<z.output<typeof profileSchema>>;

const params = z.object({ profileId: profileIdSchema });
const fields = {
  name: textSchema(50),
  permissions: z.array(z.enum(permissions)).check(z.maxLength(permissions.length)),
};
export const profileCreateSchema = z.strictObject(fields);
export const profileUpdateSchema = z.strictObject({
  name: z.optional(fields.name),
  permissions: z.optional(fields.permissions),
});

/** A set of permissions with a name of up to 50 characters, for `agents.update` to give. */
export type ProfileCreate = DeepReadonly<z.input<typeof profileCreateSchema>>;
/** What changes of a profile; `permissions` replaces the whole set. */
export type ProfileUpdate = DeepReadonly<z.input<typeof profileUpdateSchema>>;

export const profileRoutes = {
  list: route({
    path: paths.profiles.list,
    summary: 'Profiles by name.',
    callers: ['agent', 'api_key'],
    query: z.strictObject(pageQuery),
    response: pageSchema(profileSchema),
    errors: ['cursor_invalid'],
  }),
  get: route({
    path: paths.profiles.get,
    summary: 'One profile.',
    callers: ['agent', 'api_key'],
    params,
    response: profileSchema,
    errors: ['not_found'],
  }),
  create: route({
    path: paths.profiles.create,
    summary: 'Makes a profile.',
    callers: ['agent', 'api_key'],
    body: profileCreateSchema,
    response: profileSchema,
    errors: commandErrors,
  }),
  update: route({
    path: paths.profiles.update,
    summary: 'Changes a profile. It holds from the next request of its agents on.',
    callers: ['agent', 'api_key'],
    params,
    body: profileUpdateSchema,
    response: profileSchema,
    errors: [...commandErrors, 'not_found'],
  }),
  delete: route({
    path: paths.profiles.delete,
    summary: 'Deletes a profile of your own that no agent has.',
    callers: ['agent', 'api_key'],
    params,
    response: z.object({ deleted: z.boolean() }),
    errors: [...commandErrors, 'not_found', 'in_use'],
  }),
};
