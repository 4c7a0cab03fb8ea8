import { tagPaths as routes } from '../../contract/paths.ts';
import type { TagsResource } from '../desk-resources.ts';
import type { Calls } from './calls.ts';

export function createTags({ call, list }: Calls): TagsResource {
  return {
    list: (params, options) => list(routes.list, { ...params }, options),
    create: (body, options) => call(routes.create, { body, ...options }),
    update: (tagId, body, options) => call(routes.update, { params: { tagId }, body, ...options }),
    delete: (tagId, options) => call(routes.delete, { params: { tagId }, ...options }),
  };
}
