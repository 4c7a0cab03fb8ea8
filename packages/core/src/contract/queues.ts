import * as z from 'zod/mini';
import { queueIdSchema, textSchema, timeSchema, versionSchema } from './fields.ts';
import { pageQuery, pageSchema } from './page.ts';
import { paths } from './paths.ts';
import type { DeepReadonly } from './readonly.ts';
import { commandErrors, route } from './route.ts';

/** Where conversations wait for an agent. */
export const queueSchema = z.object({
  id: queueIdSchema,
  name: z.string(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  version: versionSchema,
});

export type Queue = DeepReadonly<z.output<typeof queueSchema>>;

const params = z.object({ queueId: queueIdSchema });
const body = z.strictObject({ name: textSchema(50) });

export const queueRoutes = {
  list: route({
    path: paths.queues.list,
    summary: 'Queues of the workspace, by name.',
    callers: ['agent', 'api_key'],
    query: z.strictObject(pageQuery),
    response: pageSchema(queueSchema),
    errors: ['cursor_invalid'],
  }),
  get: route({
    path: paths.queues.get,
    summary: 'One queue.',
    callers: ['agent', 'api_key'],
    params,
    response: queueSchema,
    errors: ['not_found'],
  }),
  create: route({
    path: paths.queues.create,
    summary: 'Makes a queue.',
    callers: ['api_key'],
    body,
    response: queueSchema,
    errors: commandErrors,
  }),
  update: route({
    path: paths.queues.update,
    summary: 'Renames a queue.',
    callers: ['api_key'],
    params,
    body,
    response: queueSchema,
    errors: [...commandErrors, 'not_found'],
  }),
};
