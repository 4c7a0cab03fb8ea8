import { protocolPaths as routes } from '../../contract/paths.ts';
import type { ProtocolsResource } from '../prosa-client.ts';
import type { Calls } from './calls.ts';

export function createProtocols({ call, list }: Calls): ProtocolsResource {
  return {
    get: (number, options) => call(routes.get, { params: { number }, ...options }),
    history: (number, params, options) => list(routes.history, { ...params }, { params: { number }, ...options }),
    export: (number, options) => call(routes.export, { params: { number }, ...options }),
  };
}
