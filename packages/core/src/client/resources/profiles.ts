import { profilePaths as routes } from '../../contract/paths.ts';
import type { ProfilesResource } from '../desk-resources.ts';
import type { Calls } from './calls.ts';

export function createProfiles({ call, list }: Calls): ProfilesResource {
  return {
    list: (params, options) => list(routes.list, { ...params }, options),
    get: (profileId, options) => call(routes.get, { params: { profileId }, ...options }),
    create: (body, options) => call(routes.create, { body, ...options }),
    update: (profileId, body, options) => call(routes.update, { params: { profileId }, body, ...options }),
    delete: (profileId, options) => call(routes.delete, { params: { profileId }, ...options }),
  };
}
