import { hsmPaths as routes } from '../../contract/paths.ts';
import type { HsmResource } from '../prosa-client.ts';
import type { Calls } from './calls.ts';

export function createHsm({ call, list }: Calls): HsmResource {
  return {
    list: (params, options) => list(routes.list, { ...params }, options),
    get: (templateId, options) => call(routes.get, { params: { templateId }, ...options }),
    create: (body, options) => call(routes.create, { body, ...options }),
    update: (templateId, body, options) => call(routes.update, { params: { templateId }, body, ...options }),
    delete: (templateId, options) => call(routes.delete, { params: { templateId }, ...options }),
    sync: (body = {}, options) => call(routes.sync, { body, ...options }),
  };
}
