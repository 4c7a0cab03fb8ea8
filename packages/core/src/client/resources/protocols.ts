import { paths } from '../../contract/paths.ts';
import type { ProtocolsResource } from '../prosa-client.ts';
import type { Transport } from '../transport.ts';

export function createProtocols(transport: Transport): ProtocolsResource {
  return {
    get: (number, options = {}) =>
      transport.request(paths.protocols.get, { operation: 'get the protocol', params: { number }, ...options }),
  };
}
