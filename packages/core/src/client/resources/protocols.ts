import type { Message, Protocol, ProtocolExport } from '../../contract/index.ts';
import { protocolPaths as routes } from '../../contract/paths.ts';
import type { CallOptions, List, PageParams } from '../call-options.ts';
import type { Calls } from './calls.ts';

/** The numbers that customers are told, digits only (`20261120000042`). Every method rejects with `not_found`. */
export interface ProtocolsResource {
  /**
   * With its conversation as it is now, open or closed.
   * @example
   * const { conversation } = await prosa.protocols.get('20261120000042');
   */
  get(number: string, options?: CallOptions): Promise<Protocol>;
  /** What was said and what happened in the service, oldest first. Rejects with `cursor_invalid`. */
  history(number: string, params?: PageParams, options?: CallOptions): List<Message>;
  /** What its customer may have of it: what was said, nothing internal (Decreto 11.034/2022, art. 12). */
  export(number: string, options?: CallOptions): Promise<ProtocolExport>;
}

export function createProtocols({ methods }: Calls): ProtocolsResource {
  const { list, act } = methods();
  return {
    get: act(routes.get),
    history: list(routes.history),
    export: act(routes.export),
  };
}
