import { channelPaths as routes } from '../../contract/paths.ts';
import type { ChannelsResource } from '../desk-resources.ts';
import type { Calls } from './calls.ts';

export function createChannels({ call, list }: Calls): ChannelsResource {
  return {
    list: (params, options) => list(routes.list, { ...params }, options),
    get: (channelId, options) => call(routes.get, { params: { channelId }, ...options }),
    create: (body, options) => call(routes.create, { body, ...options }),
    update: (channelId, body, options) => call(routes.update, { params: { channelId }, body, ...options }),
    delete: (channelId, options) => call(routes.delete, { params: { channelId }, ...options }),
    test: (channelId, options) => call(routes.test, { params: { channelId }, ...options }),
  };
}
