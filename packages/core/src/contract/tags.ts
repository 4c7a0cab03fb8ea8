import * as z from 'zod/mini';
import { idSchema, queueIdSchema, textSchema, timeSchema, versionSchema } from './fields.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

export const tagIdSchema = idSchema('tag');

/** What a conversation is about, as the team sorts it. */
export const tagSchema = z.object({
  id: tagIdSchema,
  name: z.string(),
  /** Only for conversations of these queues; none: of any. */
  queueIds: z.array(queueIdSchema),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  version: versionSchema,
});

export type Tag = DeepReadonly<z.output<typeof tagSchema>>;

const params = z.object({ tagId: tagIdSchema });
const queueIds = z.array(queueIdSchema).check(z.maxLength(100));

export const tagCreateSchema = z.strictObject({ name: textSchema(40), queueIds: z._default(queueIds, []) });
export const tagUpdateSchema = z.strictObject({ name: z.optional(textSchema(40)), queueIds: z.optional(queueIds) });

/** A tag with a name of up to 40 characters, for conversations of `queueIds`; none: of every queue. */
export type TagCreate = DeepReadonly<z.input<typeof tagCreateSchema>>;
/** What changes of a tag; what is absent stays, `queueIds` replaces the list. */
export type TagUpdate = DeepReadonly<z.input<typeof tagUpdateSchema>>;

export const tagRoutes = {
  list: route({
    path: paths.tags.list,
    summary: 'Tags by name; with `queueId` those that a conversation of that queue may have.',
    callers: ['agent', 'api_key'],
    query: z.strictObject({ ...pageQuery, queueId: z.optional(queueIdSchema) }),
    response: pageSchema(tagSchema),
    errors: ['cursor_invalid'],
  }),
  create: route({
    path: paths.tags.create,
    summary: 'Makes a tag.',
    callers: ['agent', 'api_key'],
    body: tagCreateSchema,
    response: tagSchema,
    errors: [...commandErrors, 'name_taken'],
  }),
  update: route({
    path: paths.tags.update,
    summary: 'Renames a tag, or says where it may be used. Conversations that have it keep it.',
    callers: ['agent', 'api_key'],
    params,
    body: tagUpdateSchema,
    response: tagSchema,
    errors: [...commandErrors, 'not_found', 'name_taken'],
  }),
  delete: route({
    path: paths.tags.delete,
    summary: 'Deletes a tag, also from the conversations that have it.',
    callers: ['agent', 'api_key'],
    params,
    response: z.object({ deleted: z.boolean() }),
    errors: [...commandErrors, 'not_found'],
  }),
};
